/// Tests of durability before anyone hears.
@NullMarked
package io.portfoliostream.simulator.desk;

import org.jspecify.annotations.NullMarked;
