package io.portfoliostream.simulator.market;

import java.util.Locale;

/// When stocks trade.
public enum MarketHours {
  /// Always, as if every instant were within a regular session; days still end at the closes of New
  /// York.
  ALWAYS,
  /// In the sessions of New York, from pre-market to overnight.
  NEW_YORK;

  /// The word of the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
