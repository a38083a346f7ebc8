/// The one door to the exchange: a lock around it, durable before anyone hears of a change.
@NullMarked
package io.portfoliostream.simulator.desk;

import org.jspecify.annotations.NullMarked;
