/// Proves the stream manager, on a clock that stands still and a ledger in memory.
@NullMarked
package io.portfoliostream.server.stream;

import org.jspecify.annotations.NullMarked;
