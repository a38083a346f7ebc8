/// The claims of the Java client: its rules on manual time, and its behaviour on real sockets.
@NullMarked
package io.portfoliostream.client;

import org.jspecify.annotations.NullMarked;
