/// Tests of the broker's JSON shapes.
@NullMarked
package io.portfoliostream.simulator.json;

import org.jspecify.annotations.NullMarked;
