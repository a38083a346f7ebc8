/// Accounts, orders, positions and matching: one single-owner core that knows neither threads nor
/// files nor sockets.
@NullMarked
package io.portfoliostream.simulator.broker;

import org.jspecify.annotations.NullMarked;
