package io.portfoliostream.server.orders;

/// Whether a user may send orders.
public enum Permission {
  /// A broker account is linked.
  TRADE,
  /// A broker account is linked for viewing alone.
  VIEW_ONLY,
  /// No broker account is linked.
  NOT_LINKED
}
