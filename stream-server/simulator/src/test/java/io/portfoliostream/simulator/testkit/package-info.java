/// Clocks, markets and clients for tests, which nothing but tests may use.
@NullMarked
package io.portfoliostream.simulator.testkit;

import org.jspecify.annotations.NullMarked;
