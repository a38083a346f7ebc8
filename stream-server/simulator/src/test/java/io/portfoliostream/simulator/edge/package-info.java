/// Tests of frames and of what a connection does to slow clients.
@NullMarked
package io.portfoliostream.simulator.edge;

import org.jspecify.annotations.NullMarked;
