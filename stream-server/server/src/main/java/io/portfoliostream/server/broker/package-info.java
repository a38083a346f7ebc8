/// Ports to a broker account (order entry, executions, positions, money, prices) and their adapter
/// onto the Alpaca client; linked accounts and their sealed credentials.
///
/// Knows nothing of the clients that stream from us.
@NullMarked
package io.portfoliostream.server.broker;

import org.jspecify.annotations.NullMarked;
