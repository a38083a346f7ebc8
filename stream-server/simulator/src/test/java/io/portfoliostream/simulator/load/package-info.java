/// A program that measures how many orders a simulator takes; no test, and nothing depends on it.
@NullMarked
package io.portfoliostream.simulator.load;

import org.jspecify.annotations.NullMarked;
