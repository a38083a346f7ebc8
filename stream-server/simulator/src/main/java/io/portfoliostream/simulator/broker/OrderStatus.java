package io.portfoliostream.simulator.broker;

import java.util.Locale;

/// Where an order is in its life.
public enum OrderStatus {
  ACCEPTED,
  HELD,
  PENDING_NEW,
  NEW,
  PARTIALLY_FILLED,
  DONE_FOR_DAY,
  PENDING_CANCEL,
  PENDING_REPLACE,
  STOPPED,
  SUSPENDED,
  CALCULATED,
  FILLED,
  CANCELED,
  EXPIRED,
  REPLACED,
  REJECTED;

  /// The word in the broker's JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether nothing can happen to the order any more.
  public boolean isTerminal() {
    return switch (this) {
      case FILLED, CANCELED, EXPIRED, REPLACED, REJECTED -> true;
      case ACCEPTED,
          HELD,
          PENDING_NEW,
          NEW,
          PARTIALLY_FILLED,
          DONE_FOR_DAY,
          PENDING_CANCEL,
          PENDING_REPLACE,
          STOPPED,
          SUSPENDED,
          CALCULATED ->
          false;
    };
  }

  /// Whether the order is on the market, so that it may trade.
  boolean isWorking() {
    return this == NEW
        || this == PARTIALLY_FILLED
        || this == PENDING_CANCEL
        || this == PENDING_REPLACE;
  }

  /// Whether the market holds the order without trading it.
  public boolean isInterrupted() {
    return this == STOPPED || this == SUSPENDED || this == CALCULATED;
  }
}
