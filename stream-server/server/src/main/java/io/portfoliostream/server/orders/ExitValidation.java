package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.server.portfolio.Order.Exits;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks the order class and its exits: a bracket is an entry with both exits, an OTO an entry
/// with one, an OCO both exits of a position that exists, its own limit being the take profit
/// (Alpaca, bracket orders).
final class ExitValidation {
  private static final String SIMPLE = "simple";
  private static final String BRACKET = "bracket";
  static final String OCO = "oco";
  private static final String OTO = "oto";
  private static final Set<String> CLASSES = Set.of(SIMPLE, BRACKET, OCO, OTO);

  private final FieldChecks checks;
  private final OrderRequest request;
  private final @Nullable BigDecimal takeProfit;
  private final @Nullable BigDecimal stop;
  private final @Nullable BigDecimal stopLimit;

  ExitValidation(FieldChecks checks, OrderRequest request) {
    this.checks = checks;
    this.request = request;
    var profit = request.takeProfit();
    var loss = request.stopLoss();
    this.takeProfit = profit == null ? null : profit.limitPrice();
    this.stop = loss == null ? null : loss.stopPrice();
    this.stopLimit = loss == null ? null : loss.limitPrice();
  }

  /// An order class with its exits.
  record Classed(String orderClass, Exits exits) {}

  /// The class and exits of a request; null for a simple order, and where something is wrong.
  @Nullable Classed check() {
    var orderClass = request.orderClass();
    if (orderClass == null || orderClass.isEmpty() || orderClass.equals(SIMPLE)) {
      checks.unused("takeProfit", request.takeProfit(), "a simple order");
      checks.unused("stopLoss", request.stopLoss(), "a simple order");
      return null;
    }
    if (!checks.word("orderClass", orderClass, CLASSES)) {
      return null;
    }
    terms(orderClass);
    exits(orderClass);
    prices();
    return new Classed(orderClass, new Exits(takeProfit, stop, stopLimit));
  }

  private void terms(String orderClass) {
    var isWhole = request.qty() != null && request.qty().stripTrailingZeros().scale() <= 0;
    if (request.notional() != null || (request.qty() != null && !isWhole)) {
      checks.refuse("qty", "must be whole shares in a " + orderClass + " order");
    }
    if (!Set.of(OrderValidation.DAY, OrderValidation.GTC).contains(text(request.timeInForce()))) {
      checks.refuse("timeInForce", "must be day or gtc in a " + orderClass + " order");
    }
    if (isTrue(request.extendedHours())) {
      checks.refuse("extendedHours", "does not belong to a " + orderClass + " order");
    }
    if (orderClass.equals(OCO) && !text(request.type()).equals(OrderValidation.LIMIT)) {
      checks.refuse("type", "must be limit in an oco order");
    }
  }

  private void exits(String orderClass) {
    var both = !orderClass.equals(OTO);
    if (both && takeProfit == null) {
      checks.refuse("takeProfit.limitPrice", "is required in a " + orderClass + " order");
    }
    if (both && stop == null) {
      checks.refuse("stopLoss.stopPrice", "is required in a " + orderClass + " order");
    }
    if (!both && (takeProfit == null) == (stop == null)) {
      checks.refuse("takeProfit", "exactly one of takeProfit and stopLoss belongs to an oto order");
    }
    if (stopLimit != null && stop == null) {
      checks.refuse("stopLoss.stopPrice", "is required");
    }
  }

  private void prices() {
    var isCoin = OrderValidation.isCoin(request.symbol());
    if (takeProfit != null) {
      checks.givenPrice("takeProfit.limitPrice", takeProfit, isCoin);
    }
    if (stop != null) {
      checks.givenPrice("stopLoss.stopPrice", stop, isCoin);
    }
    if (stopLimit != null) {
      checks.givenPrice("stopLoss.limitPrice", stopLimit, isCoin);
    }
    if (takeProfit != null && stop != null && !isOnTheRightSide(takeProfit, stop)) {
      checks.refuse("stopLoss.stopPrice", "must be on the losing side of takeProfit.limitPrice");
    }
  }

  /// An exit of a long position takes profit above and stops below; an OCO is itself the exit.
  private boolean isOnTheRightSide(BigDecimal profit, BigDecimal loss) {
    var exitsLong = text(request.side()).equals("buy") != text(request.orderClass()).equals(OCO);
    return exitsLong ? profit.compareTo(loss) > 0 : profit.compareTo(loss) < 0;
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
