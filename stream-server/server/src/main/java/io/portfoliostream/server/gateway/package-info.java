/// The server's edge: the WebSocket endpoint, REST, and the management listener.
///
/// The only package that knows the web server. Knows no SQL.
@NullMarked
package io.portfoliostream.server.gateway;

import org.jspecify.annotations.NullMarked;
