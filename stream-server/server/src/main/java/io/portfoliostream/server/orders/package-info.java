/// Order entry: validate, store and enqueue in one transaction, submit by a durable queue, settle
/// unknown outcomes by client order id.
@NullMarked
package io.portfoliostream.server.orders;

import org.jspecify.annotations.NullMarked;
