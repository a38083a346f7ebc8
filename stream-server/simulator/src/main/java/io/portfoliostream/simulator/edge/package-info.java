/// HTTP and WebSocket on one port; the only package that knows the web server.
@NullMarked
package io.portfoliostream.simulator.edge;

import org.jspecify.annotations.NullMarked;
