/// The server as a whole: its layers, and its life from start to stop.
@NullMarked
package io.portfoliostream.server;

import org.jspecify.annotations.NullMarked;
