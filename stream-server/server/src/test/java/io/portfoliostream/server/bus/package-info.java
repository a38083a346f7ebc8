/// Proves the event bus: one contract for every implementation.
@NullMarked
package io.portfoliostream.server.bus;

import org.jspecify.annotations.NullMarked;
