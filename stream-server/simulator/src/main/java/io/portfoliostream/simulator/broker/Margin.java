package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;

/// The margin rules of the broker, as pure formulas.
final class Margin {
  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal FOUR = BigDecimal.valueOf(4);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal MAINTENANCE = new BigDecimal("0.3");
  private static final BigDecimal CHEAP_LONG = new BigDecimal("2.50");
  private static final BigDecimal CHEAP_SHORT = new BigDecimal("5");

  private Margin() {}

  /// What must be own money when a position is opened: half of its value.
  static BigDecimal initial(BigDecimal marketValue) {
    return marketValue.abs().multiply(HALF);
  }

  /// What must stay own money while a position is held.
  static BigDecimal maintenance(BigDecimal qty, BigDecimal price) {
    var value = qty.abs().multiply(price);
    if (qty.signum() >= 0) {
      return price.compareTo(CHEAP_LONG) >= 0 ? value.multiply(MAINTENANCE) : value;
    }
    return price.compareTo(CHEAP_SHORT) >= 0
        ? qty.abs().multiply(CHEAP_SHORT).max(value.multiply(MAINTENANCE))
        : qty.abs().multiply(CHEAP_LONG).max(value);
  }

  /// Overnight buying power: twice the equity that positions do not bind.
  static BigDecimal overnightBuyingPower(BigDecimal equity, BigDecimal initialMargin) {
    return excess(equity, initialMargin).multiply(TWO);
  }

  /// Intraday buying power: four times the equity above maintenance.
  static BigDecimal intradayBuyingPower(BigDecimal equity, BigDecimal maintenanceMargin) {
    return excess(equity, maintenanceMargin).multiply(FOUR);
  }

  private static BigDecimal excess(BigDecimal equity, BigDecimal bound) {
    return equity.subtract(bound).max(BigDecimal.ZERO);
  }
}
