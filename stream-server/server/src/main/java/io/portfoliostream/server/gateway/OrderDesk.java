package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.portfolio.UserId;

/// Takes orders in.
@FunctionalInterface
public interface OrderDesk {
  /// Takes an order in, once per idempotency key.
  OrderEntry.Result submit(UserId user, OrderRequest request, String idempotencyKey);
}
