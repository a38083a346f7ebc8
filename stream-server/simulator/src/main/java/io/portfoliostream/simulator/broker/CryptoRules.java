package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// What is different about coins: fees, steps and sizes.
public final class CryptoRules {
  /// The least quantity of an order.
  public static final BigDecimal LEAST_QTY = new BigDecimal("0.00001");

  /// The step of quantities.
  public static final BigDecimal QTY_STEP = new BigDecimal("0.000000001");

  /// The step of limit and stop prices.
  public static final BigDecimal PRICE_STEP = new BigDecimal("0.01");

  /// The share of a purchase that is kept as a fee, in the coin that was bought.
  private static final BigDecimal FEE = new BigDecimal("0.0025");

  private static final int QTY_SCALE = 9;

  private CryptoRules() {}

  static BigDecimal fee(BigDecimal bought) {
    return bought.multiply(FEE).setScale(QTY_SCALE, RoundingMode.HALF_UP);
  }
}
