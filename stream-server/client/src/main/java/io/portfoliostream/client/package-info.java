/// The Java client of the streaming API: one live, reconciled portfolio per signed-in user.
///
/// Knows the wire contract and the JDK; no user interface, no framework.
@NullMarked
package io.portfoliostream.client;

import org.jspecify.annotations.NullMarked;
