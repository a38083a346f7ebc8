package io.portfoliostream.server.orders;

import java.util.Arrays;

/// What a job does at the broker.
enum JobKind {
  /// Submits the order.
  SUBMIT("order_submit"),
  /// Submits the order in the place of the one that it replaces.
  REPLACE("order_replace"),
  /// Asks for the order's cancellation.
  CANCEL("order_cancel");

  private final String stored;

  JobKind(String stored) {
    this.stored = stored;
  }

  String stored() {
    return stored;
  }

  static JobKind of(String stored) {
    return Arrays.stream(values())
        .filter(kind -> kind.stored.equals(stored))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a job of an unknown kind: " + stored));
  }
}
