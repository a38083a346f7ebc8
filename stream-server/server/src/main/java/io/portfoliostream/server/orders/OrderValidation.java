package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks an order request and names each field at fault, before the broker hears of it.
final class OrderValidation {
  private static final BigDecimal MAX_QUANTITY = new BigDecimal("1000000000");
  private static final BigDecimal MAX_NOTIONAL = new BigDecimal("1000000000");
  private static final BigDecimal MIN_NOTIONAL = BigDecimal.ONE;
  private static final int QUANTITY_DECIMALS = 9;
  private static final int MONEY_DECIMALS = 2;
  private static final int MAX_STRATEGY = 64;

  private final List<FieldError> errors = new ArrayList<>();
  private final OrderRequest request;

  private OrderValidation(OrderRequest request) {
    this.request = request;
  }

  /// The terms of a valid request, or what is wrong with it.
  sealed interface Checked {
    /// A valid request.
    record Valid(Terms terms) implements Checked {}

    /// An invalid request.
    record Invalid(List<FieldError> errors) implements Checked {}
  }

  static Checked check(OrderRequest request) {
    return new OrderValidation(request).check();
  }

  private Checked check() {
    var symbol = symbol();
    var side = side();
    type();
    timeInForce();
    amount();
    unused("limitPrice", request.limitPrice());
    unused("stopPrice", request.stopPrice());
    unused("trailPrice", request.trailPrice());
    unused("trailPercent", request.trailPercent());
    unused("takeProfit", request.takeProfit());
    unused("stopLoss", request.stopLoss());
    simple();
    strategy();
    if (symbol.isEmpty() || side.isEmpty() || !errors.isEmpty()) {
      return new Checked.Invalid(List.copyOf(errors));
    }
    return new Checked.Valid(
        new Terms(
            symbol.get(),
            side.get(),
            "market",
            "day",
            request.qty(),
            request.notional(),
            null,
            null,
            null,
            null,
            false,
            null,
            request.strategyId()));
  }

  private Optional<String> symbol() {
    var symbol = request.symbol();
    if (symbol == null || symbol.isBlank()) {
      return refuse("symbol", "is required");
    }
    return ClientMessageCodec.isSymbol(symbol)
        ? Optional.of(symbol)
        : refuse("symbol", "is 1 to 16 upper-case letters, digits, . or /");
  }

  private Optional<Side> side() {
    var side = request.side();
    if (side == null) {
      return refuse("side", "is required");
    }
    return switch (side) {
      case "buy" -> Optional.of(Side.BUY);
      case "sell" -> Optional.of(Side.SELL);
      default -> refuse("side", "must be buy or sell");
    };
  }

  private void type() {
    var type = request.type();
    if (type == null) {
      refuse("type", "is required");
    } else if (!type.equals("market")) {
      refuse("type", "must be market");
    }
  }

  private void timeInForce() {
    var timeInForce = request.timeInForce();
    if (timeInForce == null) {
      refuse("timeInForce", "is required");
    } else if (!timeInForce.equals("day")) {
      refuse("timeInForce", "must be day");
    }
  }

  private void amount() {
    var quantity = request.qty();
    var notional = request.notional();
    if (quantity == null && notional == null) {
      refuse("qty", "either qty or notional is required");
    } else if (quantity != null && notional != null) {
      refuse("notional", "only one of qty and notional may be given");
    } else if (quantity != null) {
      within("qty", quantity, MAX_QUANTITY, QUANTITY_DECIMALS);
    } else if (notional != null) {
      within("notional", notional, MAX_NOTIONAL, MONEY_DECIMALS);
      if (notional.compareTo(MIN_NOTIONAL) < 0) {
        refuse("notional", "must be at least 1.00");
      }
    }
  }

  private void within(String field, BigDecimal value, BigDecimal max, int decimals) {
    if (value.signum() <= 0) {
      refuse(field, "must be more than 0");
    } else if (value.compareTo(max) > 0) {
      refuse(field, "must be at most " + max.toPlainString());
    } else if (value.stripTrailingZeros().scale() > decimals) {
      refuse(field, "has more than " + decimals + " decimals");
    }
  }

  private void unused(String field, @Nullable Object value) {
    if (value != null) {
      refuse(field, "does not belong to a market order");
    }
  }

  private void simple() {
    var orderClass = request.orderClass();
    if (orderClass != null && !orderClass.isEmpty() && !orderClass.equals("simple")) {
      refuse("orderClass", "must be simple");
    }
    if (request.extendedHours() != null && request.extendedHours()) {
      refuse("extendedHours", "does not belong to a market order");
    }
  }

  private void strategy() {
    var strategy = request.strategyId();
    if (strategy != null && (strategy.isBlank() || strategy.length() > MAX_STRATEGY)) {
      refuse("strategyId", "must have 1 to " + MAX_STRATEGY + " characters");
    }
  }

  private <T> Optional<T> refuse(String field, String message) {
    errors.add(new FieldError(field, message));
    return Optional.empty();
  }
}
