package io.portfoliostream.server.portfolio;

import java.math.BigDecimal;

/// The direction of an order or execution.
public enum Side {
  /// Adds to the position.
  BUY,
  /// Takes from the position.
  SELL;

  /// `quantity` with the sign that it has in a position.
  public BigDecimal signed(BigDecimal quantity) {
    return this == BUY ? quantity : quantity.negate();
  }
}
