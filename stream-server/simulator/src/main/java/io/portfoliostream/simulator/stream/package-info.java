/// The trading and the market data stream as plain sessions; knows no socket.
@NullMarked
package io.portfoliostream.simulator.stream;

import org.jspecify.annotations.NullMarked;
