package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Quantities and prices of a form, within their bounds.
final class Amounts {
  private static final int QTY_SCALE = 9;
  private static final BigDecimal MOST = new BigDecimal("1000000000");

  private Amounts() {}

  /// A quantity or an amount of money, or null when it is absent.
  static @Nullable BigDecimal amount(Fields fields, String name) {
    var amount = fields.decimal(name).orElse(null);
    if (amount == null) {
      return null;
    }
    if (amount.signum() <= 0) {
      throw invalid(name + " must be > 0");
    }
    if (amount.scale() > QTY_SCALE) {
      throw invalid(name + " must be limited to 9 decimal places");
    }
    if (amount.compareTo(MOST) > 0) {
      throw invalid(name + " must be <= " + MOST.toPlainString());
    }
    return amount;
  }

  /// A price or a distance of prices, or null when it is absent.
  static @Nullable BigDecimal price(Fields fields, String name) {
    var price = fields.decimal(name).orElse(null);
    if (price != null && price.signum() <= 0) {
      throw invalid(name.replace('_', ' ') + " must be > 0");
    }
    if (price != null && price.compareTo(MOST) > 0) {
      throw invalid(name.replace('_', ' ') + " must be <= " + MOST.toPlainString());
    }
    return price;
  }

  private static RefusedException invalid(String message) {
    return new RefusedException(Refusal.invalid(message));
  }
}
