package io.portfoliostream.ui.orders;

import io.portfoliostream.protocol.OrderRequest;
import org.jspecify.annotations.Nullable;

/// The name of the ticket's intention: it stays while the same order is tried again, so that an
/// answer lost on the way never makes a second order.
final class TicketKey {
  private final IdempotencyKeys keys;
  private @Nullable OrderRequest request;
  private String key = "";

  TicketKey(IdempotencyKeys keys) {
    this.keys = keys;
  }

  /// The key to send `wanted` with.
  String of(OrderRequest wanted) {
    if (!wanted.equals(request)) {
      request = wanted;
      key = keys.next();
    }
    return key;
  }

  /// The server has answered for good: the next order is another intention, even if it is the same.
  void settled() {
    request = null;
  }
}
