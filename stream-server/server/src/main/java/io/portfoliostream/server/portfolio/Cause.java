package io.portfoliostream.server.portfolio;

/// Why a booking was made.
public enum Cause {
  /// The user entered an order, or its submission came further.
  ORDER_ENTRY,
  /// The broker's stream reported it.
  STREAM,
  /// The broker was read again after an order event.
  REFRESH,
  /// A comparison with the broker found a difference.
  RECONCILIATION
}
