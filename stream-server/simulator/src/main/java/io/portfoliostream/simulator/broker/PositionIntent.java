package io.portfoliostream.simulator.broker;

import java.util.Locale;

/// Whether an order opens or closes a position, and on which side.
public enum PositionIntent {
  BUY_TO_OPEN,
  BUY_TO_CLOSE,
  SELL_TO_OPEN,
  SELL_TO_CLOSE;

  /// The word in the broker's JSON.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
