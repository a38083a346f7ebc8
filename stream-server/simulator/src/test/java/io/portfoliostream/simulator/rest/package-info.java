/// Tests of the REST interface without sockets.
@NullMarked
package io.portfoliostream.simulator.rest;

import org.jspecify.annotations.NullMarked;
