/// Tests of the whole simulator over its sockets, of its command line and of its structure.
@NullMarked
package io.portfoliostream.simulator;

import org.jspecify.annotations.NullMarked;
