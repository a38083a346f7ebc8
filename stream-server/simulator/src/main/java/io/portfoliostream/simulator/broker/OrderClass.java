package io.portfoliostream.simulator.broker;

import java.util.Locale;

/// How orders hang together.
public enum OrderClass {
  /// One order on its own.
  SIMPLE,
  /// An entry with a take-profit and a stop-loss that wait for it.
  BRACKET,
  /// A take-profit and a stop-loss, one of which cancels the other.
  OCO,
  /// An entry with one exit that waits for it.
  OTO;

  /// The word in the broker's JSON; a simple order has none.
  public String wire() {
    return this == SIMPLE ? "" : name().toLowerCase(Locale.ROOT);
  }

  /// Whether orders of this class begin with an entry.
  boolean hasEntry() {
    return this == BRACKET || this == OTO;
  }
}
