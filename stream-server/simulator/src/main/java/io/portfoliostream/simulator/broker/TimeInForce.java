package io.portfoliostream.simulator.broker;

import java.util.Locale;

/// How long an order stays at work.
public enum TimeInForce {
  DAY,
  GTC,
  IOC,
  FOK,
  OPG,
  CLS;

  /// The word in the broker's JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether what cannot trade at once is canceled.
  public boolean isImmediate() {
    return this == IOC || this == FOK;
  }

  /// Whether the order trades in the opening or closing auction only.
  public boolean isAuction() {
    return this == OPG || this == CLS;
  }
}
