/// Comparisons of ledger and broker.
@NullMarked
package io.portfoliostream.server.sync;

import org.jspecify.annotations.NullMarked;
