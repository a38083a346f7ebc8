package io.portfoliostream.simulator.broker;

import java.util.Locale;

/// Where an order is in its life.
public enum OrderStatus {
  PENDING_NEW,
  NEW,
  PARTIALLY_FILLED,
  PENDING_CANCEL,
  FILLED,
  CANCELED,
  EXPIRED,
  REJECTED;

  /// The word in the broker's JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether nothing can happen to the order any more.
  public boolean isTerminal() {
    return switch (this) {
      case FILLED, CANCELED, EXPIRED, REJECTED -> true;
      case PENDING_NEW, NEW, PARTIALLY_FILLED, PENDING_CANCEL -> false;
    };
  }
}
