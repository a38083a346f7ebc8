package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;

/// Which way an order trades.
public enum Side {
  BUY,
  SELL;

  /// The word in the broker's JSON.
  public String wire() {
    return this == BUY ? "buy" : "sell";
  }

  /// The other way.
  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }

  /// A quantity as the change of a position: negative when selling.
  BigDecimal signed(BigDecimal quantity) {
    return this == BUY ? quantity : quantity.negate();
  }
}
