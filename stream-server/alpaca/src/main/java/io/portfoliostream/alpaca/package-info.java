/// The Alpaca client: trading stream, market data stream and REST, knowing nothing of who uses it.
@NullMarked
package io.portfoliostream.alpaca;

import org.jspecify.annotations.NullMarked;
