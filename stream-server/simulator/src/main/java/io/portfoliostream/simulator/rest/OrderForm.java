package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.OrderType;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.broker.TimeInForce;
import io.portfoliostream.simulator.json.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v2/orders`, checked as far as that needs no account.
final class OrderForm {
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9][A-Z0-9./]{0,20}");
  private static final int QTY_SCALE = 9;
  private static final BigDecimal MOST = new BigDecimal("1000000000");
  private static final List<String> NOT_SUPPORTED =
      List.of("legs", "take_profit", "stop_loss", "trail_price", "trail_percent");

  private final Fields fields;

  private OrderForm(Fields fields) {
    this.fields = fields;
  }

  /// The ticket that a body asks for.
  ///
  /// @param newClientOrderId gives an id to an order that comes without one
  static Ticket parse(String body, Supplier<String> newClientOrderId) {
    var fields =
        new Fields(
            Json.parseObject(body)
                .orElseThrow(() ->
                    new RefusedException(Refusal.malformed("request body format is invalid"))));
    var form = new OrderForm(fields);
    form.refuseUnsupported();
    var given = fields.text("client_order_id");
    return form.ticket(given.isPresent() ? given.get() : newClientOrderId.get());
  }

  private Ticket ticket(String clientOrderId) {
    var symbol = symbol();
    var side = choice("side", Side.values(), Side::wire);
    var type = choice("type", OrderType.values(), OrderType::wire);
    var timeInForce = choice("time_in_force", TimeInForce.values(), TimeInForce::wire);
    var qty = amount("qty");
    var notional = amount("notional");
    if (qty == null && notional == null) {
      throw invalid("qty or notional is required");
    }
    if (qty != null && notional != null) {
      throw invalid("only one of qty or notional is accepted");
    }
    if (notional != null && type != OrderType.MARKET) {
      throw invalid("notional orders must be market orders");
    }
    checkPrices(type);
    boolean extended = fields.flag("extended_hours");
    checkExtended(extended, type, timeInForce);
    return new Ticket(
        clientOrderId,
        symbol,
        qty,
        notional,
        side,
        type,
        timeInForce,
        price("limit_price"),
        price("stop_price"),
        extended);
  }

  private String symbol() {
    var symbol = fields.text("symbol").orElseThrow(() -> invalid("symbol is required"));
    if (!SYMBOL.matcher(symbol).matches()) {
      throw new RefusedException(Refusal.unprocessable("asset \"" + symbol + "\" not found"));
    }
    return symbol;
  }

  private void checkPrices(OrderType type) {
    boolean limit = fields.says("limit_price");
    boolean stop = fields.says("stop_price");
    if (type.hasLimit() == limit && type.hasStop() == stop) {
      return;
    }
    throw invalid(
        switch (type) {
          case MARKET -> "market orders require no stop or limit price";
          case LIMIT ->
              limit ? "limit orders require no stop price" : "limit orders require a limit price";
          case STOP ->
              stop ? "stop orders require no limit price" : "stop orders require a stop price";
          case STOP_LIMIT -> "stop limit orders require both stop and limit price";
        });
  }

  private static void checkExtended(boolean extended, OrderType type, TimeInForce timeInForce) {
    if (extended && (type != OrderType.LIMIT || timeInForce.isImmediate())) {
      throw new RefusedException(
          Refusal.unprocessable("extended hours order must be DAY or GTC limit orders"));
    }
  }

  private @Nullable BigDecimal amount(String name) {
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

  private @Nullable BigDecimal price(String name) {
    var price = fields.decimal(name).orElse(null);
    if (price != null && price.signum() <= 0) {
      throw invalid(name.replace('_', ' ') + " must be > 0");
    }
    if (price != null && price.compareTo(MOST) > 0) {
      throw invalid(name.replace('_', ' ') + " must be <= " + MOST.toPlainString());
    }
    return price;
  }

  /// What the simulator does not trade is refused, never taken for something else.
  private void refuseUnsupported() {
    var orderClass = fields.text("order_class").orElse("simple");
    if (!orderClass.equals("simple")) {
      throw new RefusedException(
          Refusal.unprocessable("order class " + orderClass + " is not supported"));
    }
    for (var field : NOT_SUPPORTED) {
      if (fields.says(field)) {
        throw new RefusedException(Refusal.unprocessable(field + " is not supported"));
      }
    }
  }

  private <T> T choice(String field, T[] values, Function<T, String> wire) {
    Optional<String> text = fields.text(field).map(value -> value.toLowerCase(Locale.ROOT));
    return Arrays.stream(values)
        .filter(value -> text.equals(Optional.of(wire.apply(value))))
        .findFirst()
        .orElseThrow(() ->
            invalid(
                switch (field) {
                  case "type" -> "invalid order type";
                  default -> "invalid " + field;
                }));
  }

  private static RefusedException invalid(String message) {
    return new RefusedException(Refusal.invalid(message));
  }
}
