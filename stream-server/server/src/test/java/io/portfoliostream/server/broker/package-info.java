/// The mapping of the broker's objects, and sealed credentials.
@NullMarked
package io.portfoliostream.server.broker;

import org.jspecify.annotations.NullMarked;
