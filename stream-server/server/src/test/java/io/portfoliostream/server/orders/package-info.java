/// Order entry and its queue, with a broker that fails on demand.
@NullMarked
package io.portfoliostream.server.orders;

import org.jspecify.annotations.NullMarked;
