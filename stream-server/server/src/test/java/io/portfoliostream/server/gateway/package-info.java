/// What is claimed of the edge, proved over real sockets.
@NullMarked
package io.portfoliostream.server.gateway;

import org.jspecify.annotations.NullMarked;
