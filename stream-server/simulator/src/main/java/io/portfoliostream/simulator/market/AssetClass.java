package io.portfoliostream.simulator.market;

import java.util.Locale;

/// What kind of asset a listing is.
public enum AssetClass {
  US_EQUITY,
  CRYPTO;

  /// The word in the broker's JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
