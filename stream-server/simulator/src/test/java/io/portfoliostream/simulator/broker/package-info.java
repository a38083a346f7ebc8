/// Tests of accounts, orders and matching on a manual clock.
@NullMarked
package io.portfoliostream.simulator.broker;

import org.jspecify.annotations.NullMarked;
