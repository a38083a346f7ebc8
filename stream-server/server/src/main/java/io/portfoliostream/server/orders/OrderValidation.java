package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks an order request and names each field at fault, before the broker hears of it.
///
/// The rules are Alpaca's (orders: types, times in force, extended hours, notional and fractional
/// orders, order classes). What depends on the account, the asset or the market is the broker's to
/// say.
final class OrderValidation {
  static final String MARKET = "market";
  static final String LIMIT = "limit";
  static final String STOP = "stop";
  static final String STOP_LIMIT = "stop_limit";
  static final String TRAILING_STOP = "trailing_stop";
  static final String DAY = "day";
  static final String GTC = "gtc";

  private static final Set<String> TYPES = Set.of(MARKET, LIMIT, STOP, STOP_LIMIT, TRAILING_STOP);
  private static final Set<String> COIN_TYPES = Set.of(MARKET, LIMIT, STOP_LIMIT);
  private static final Set<String> ANY_TIME = Set.of(DAY, GTC, "ioc", "fok", "opg", "cls");
  private static final Set<String> RESTING = Set.of(DAY, GTC);
  private static final Set<String> COIN_TIME = Set.of(GTC, "ioc");
  private static final BigDecimal MIN_NOTIONAL = new BigDecimal("1.00");
  private static final int MAX_STRATEGY = 64;

  private final FieldChecks checks = new FieldChecks();
  private final OrderRequest request;
  private final boolean isCoin;

  private OrderValidation(OrderRequest request) {
    this.request = request;
    this.isCoin = isCoin(request.symbol());
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

  /// Whether a symbol is a pair of currencies, such as `BTC/USD`.
  static boolean isCoin(@Nullable String symbol) {
    return symbol != null && symbol.indexOf('/') >= 0;
  }

  private Checked check() {
    symbol();
    checks.word("side", request.side(), Set.of("buy", "sell"));
    if (checks.word("type", request.type(), isCoin ? COIN_TYPES : TYPES)) {
      timeInForce();
      prices();
    } else {
      checks.word("timeInForce", request.timeInForce(), ANY_TIME);
    }
    amount();
    extendedHours();
    var exits = new ExitValidation(checks, request).check();
    strategy();
    return checks.areFine()
        ? new Checked.Valid(terms(exits))
        : new Checked.Invalid(checks.errors());
  }

  private Terms terms(ExitValidation.@Nullable Classed classed) {
    return new Terms(
        text(request.symbol()),
        text(request.side()).equals("buy") ? Side.BUY : Side.SELL,
        text(request.type()),
        text(request.timeInForce()),
        request.qty(),
        request.notional(),
        request.limitPrice(),
        request.stopPrice(),
        request.trailPrice(),
        request.trailPercent(),
        isTrue(request.extendedHours()),
        classed == null ? null : classed.orderClass(),
        classed == null ? null : classed.exits(),
        request.strategyId());
  }

  private void symbol() {
    var symbol = request.symbol();
    if (symbol == null || symbol.isBlank()) {
      checks.refuse("symbol", "is required");
    } else if (!ClientMessageCodec.isSymbol(symbol)) {
      checks.refuse("symbol", "is 1 to 16 upper-case letters, digits, . or /");
    }
  }

  private void timeInForce() {
    checks.word("timeInForce", request.timeInForce(), timesInForce());
  }

  private Set<String> timesInForce() {
    if (isCoin) {
      return COIN_TIME;
    }
    if (isFractional()) {
      return Set.of(DAY);
    }
    return isType(MARKET) || isType(LIMIT) ? ANY_TIME : RESTING;
  }

  private void prices() {
    var type = text(request.type());
    var where = "a " + type.replace('_', ' ') + " order";
    if (type.equals(LIMIT) && text(request.orderClass()).equals(ExitValidation.OCO)) {
      checks.unused("limitPrice", request.limitPrice(), "an oco order: takeProfit has it");
    } else if (type.equals(LIMIT) || type.equals(STOP_LIMIT)) {
      checks.price("limitPrice", request.limitPrice(), isCoin);
    } else {
      checks.unused("limitPrice", request.limitPrice(), where);
    }
    if (type.equals(STOP) || type.equals(STOP_LIMIT)) {
      checks.price("stopPrice", request.stopPrice(), isCoin);
    } else {
      checks.unused("stopPrice", request.stopPrice(), where);
    }
    if (type.equals(TRAILING_STOP)) {
      trail();
    } else {
      checks.unused("trailPrice", request.trailPrice(), where);
      checks.unused("trailPercent", request.trailPercent(), where);
    }
  }

  private void trail() {
    var price = request.trailPrice();
    var percent = request.trailPercent();
    if (price == null && percent == null) {
      checks.refuse("trailPrice", "either trailPrice or trailPercent is required");
    } else if (price != null && percent != null) {
      checks.refuse("trailPercent", "only one of trailPrice and trailPercent may be given");
    } else if (price != null) {
      checks.givenPrice("trailPrice", price, isCoin);
    } else if (percent != null) {
      checks.percent("trailPercent", percent);
    }
  }

  private void amount() {
    var quantity = request.qty();
    var notional = request.notional();
    if (quantity == null && notional == null) {
      checks.refuse("qty", "either qty or notional is required");
    } else if (quantity != null && notional != null) {
      checks.refuse("notional", "only one of qty and notional may be given");
    } else if (quantity != null) {
      checks.quantity("qty", quantity);
    } else if (notional != null) {
      checks.money("notional", notional, MIN_NOTIONAL);
      if (!isType(MARKET)) {
        checks.refuse("notional", "belongs to a market order");
      }
    }
  }

  private boolean isFractional() {
    var quantity = request.qty();
    return request.notional() != null
        || (quantity != null && quantity.stripTrailingZeros().scale() > 0);
  }

  private void extendedHours() {
    if (isTrue(request.extendedHours())
        && !(isType(LIMIT) && RESTING.contains(text(request.timeInForce())))) {
      checks.refuse("extendedHours", "belongs to a limit order for the day or gtc");
    }
  }

  private void strategy() {
    var strategy = request.strategyId();
    if (strategy != null && (strategy.isBlank() || strategy.length() > MAX_STRATEGY)) {
      checks.refuse("strategyId", "must have 1 to " + MAX_STRATEGY + " characters");
    }
  }

  private boolean isType(String type) {
    return text(request.type()).equals(type);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
