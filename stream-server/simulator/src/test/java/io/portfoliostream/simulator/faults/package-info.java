@NullMarked
package io.portfoliostream.simulator.faults;

import org.jspecify.annotations.NullMarked;
