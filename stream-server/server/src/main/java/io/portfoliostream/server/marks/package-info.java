/// Market data as the rest of the server needs it: the latest price per symbol, which symbols are
/// wanted, and how fresh the feeds are.
///
/// Knows no broker, no database and no client.
@NullMarked
package io.portfoliostream.server.marks;

import org.jspecify.annotations.NullMarked;
