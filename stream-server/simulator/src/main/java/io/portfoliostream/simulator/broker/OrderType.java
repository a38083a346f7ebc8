package io.portfoliostream.simulator.broker;

import java.util.Locale;

/// When and at what price an order may trade.
public enum OrderType {
  MARKET,
  LIMIT,
  STOP,
  STOP_LIMIT,
  TRAILING_STOP;

  /// The word in the broker's JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether an order of this type names a limit price.
  public boolean hasLimit() {
    return this == LIMIT || this == STOP_LIMIT;
  }

  /// Whether an order of this type names a stop price.
  public boolean hasStop() {
    return this == STOP || this == STOP_LIMIT;
  }

  /// Whether an order of this type waits until a price is reached.
  boolean waitsForTrigger() {
    return hasStop() || this == TRAILING_STOP;
  }
}
