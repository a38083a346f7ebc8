package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;

/// The figures of an account at the current prices.
///
/// @param shortMarketValue negative or zero
/// @param reserved what open orders have claimed of the buying power
public record AccountSheet(
    BigDecimal cash,
    BigDecimal lastEquity,
    BigDecimal longMarketValue,
    BigDecimal shortMarketValue,
    BigDecimal initialMargin,
    BigDecimal maintenanceMargin,
    BigDecimal lastMaintenanceMargin,
    BigDecimal reserved,
    int multiplier) {
  private static final BigDecimal LEAST_FOR_MARGIN = new BigDecimal("2000");

  /// Cash and positions together.
  public BigDecimal equity() {
    return cash.add(longMarketValue).add(shortMarketValue);
  }

  /// Long and short positions together, without regard to side.
  public BigDecimal positionMarketValue() {
    return longMarketValue.subtract(shortMarketValue);
  }

  /// What new orders may cost by the overnight rule.
  public BigDecimal overnightBuyingPower() {
    return unreserved(Margin.overnightBuyingPower(equity(), initialMargin));
  }

  /// Whether the account may borrow: margin needs 2,000 dollars of own money.
  public boolean mayBorrow() {
    return multiplier > 1 && equity().compareTo(LEAST_FOR_MARGIN) >= 0;
  }

  /// What new orders may cost.
  public BigDecimal buyingPower() {
    return switch (mayBorrow() ? multiplier : 1) {
      case 1 -> cashBuyingPower();
      case 2 -> overnightBuyingPower();
      default -> unreserved(Margin.intradayBuyingPower(equity(), maintenanceMargin));
    };
  }

  /// What may be bought without borrowing.
  public BigDecimal cashBuyingPower() {
    return unreserved(cash);
  }

  /// What may be spent on options: equity that positions do not bind.
  public BigDecimal optionsBuyingPower() {
    return equity().subtract(initialMargin).max(BigDecimal.ZERO);
  }

  private BigDecimal unreserved(BigDecimal power) {
    return power.subtract(reserved).max(BigDecimal.ZERO);
  }
}
