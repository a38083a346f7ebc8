/// Tests of prices, listings and the calendar.
@NullMarked
package io.portfoliostream.simulator.market;

import org.jspecify.annotations.NullMarked;
