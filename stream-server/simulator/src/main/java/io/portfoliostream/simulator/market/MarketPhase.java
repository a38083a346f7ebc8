package io.portfoliostream.simulator.market;

import java.util.Locale;

/// The part of a New York trading day.
public enum MarketPhase {
  CLOSED,
  PRE,
  CORE,
  POST,
  OVERNIGHT;

  /// The word in the broker's JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
