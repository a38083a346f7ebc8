/// Tests of what survives a restart and a torn write.
@NullMarked
package io.portfoliostream.simulator.store;

import org.jspecify.annotations.NullMarked;
