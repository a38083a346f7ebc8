/// Tests of the stream sessions without sockets.
@NullMarked
package io.portfoliostream.simulator.stream;

import org.jspecify.annotations.NullMarked;
