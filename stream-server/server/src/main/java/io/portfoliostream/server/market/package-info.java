/// The market itself: when it trades and what is listed there, as the broker told it last.
///
/// Knows no broker, no database and no client.
@NullMarked
package io.portfoliostream.server.market;

import org.jspecify.annotations.NullMarked;
