/// The randomized run of the broker side: random orders under random faults and crashes, and in the
/// end the ledger, the broker and every client say the same.
@NullMarked
package io.portfoliostream.server.chaos;

import org.jspecify.annotations.NullMarked;
