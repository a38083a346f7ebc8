/// Keeps each user's ledger true to the broker: books what the stream reports, reads the broker
/// again after every order event, and compares the two after every (re)connect, on a timer and on
/// demand.
@NullMarked
package io.portfoliostream.server.sync;

import org.jspecify.annotations.NullMarked;
