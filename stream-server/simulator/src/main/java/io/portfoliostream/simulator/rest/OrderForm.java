package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Exits;
import io.portfoliostream.simulator.broker.OrderClass;
import io.portfoliostream.simulator.broker.OrderType;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.broker.TimeInForce;
import io.portfoliostream.simulator.broker.Trail;
import java.math.BigDecimal;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v2/orders`, checked as far as that needs no account.
final class OrderForm {
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9][A-Z0-9./]{0,20}");

  private final Fields fields;

  private OrderForm(Fields fields) {
    this.fields = fields;
  }

  /// The ticket that a body asks for.
  ///
  /// @param canonical the symbol by which an asset is listed, for one by which it is also known
  /// @param newClientOrderId gives an id to an order that comes without one
  static Ticket parse(
      String body, UnaryOperator<String> canonical, Supplier<String> newClientOrderId) {
    var fields = Fields.parse(body);
    var form = new OrderForm(fields);
    if (fields.says("legs")) {
      throw new RefusedException(Refusal.unprocessable("legs is not supported"));
    }
    var symbol = canonical.apply(form.symbol());
    var given = fields.text("client_order_id");
    return form.ticket(symbol, given.isPresent() ? given.get() : newClientOrderId.get());
  }

  private Ticket ticket(String symbol, String clientOrderId) {
    var side = Choice.side(fields);
    var type = Choice.type(fields);
    var timeInForce = Choice.timeInForce(fields);
    var orderClass = Choice.orderClass(fields);
    var qty = Amounts.amount(fields, "qty");
    var notional = Amounts.amount(fields, "notional");
    checkSize(qty, notional, type, orderClass);
    var exits = exits(orderClass);
    var limit = limit(orderClass, type, exits);
    checkPrices(type, limit != null);
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
        limit,
        Amounts.price(fields, "stop_price"),
        extended,
        trail(type),
        orderClass,
        exits);
  }

  private String symbol() {
    var symbol = fields.text("symbol").orElseThrow(() -> invalid("symbol is required"));
    if (!SYMBOL.matcher(symbol).matches()) {
      throw new RefusedException(Refusal.unprocessable("asset \"" + symbol + "\" not found"));
    }
    return symbol;
  }

  private static void checkSize(
      @Nullable BigDecimal qty,
      @Nullable BigDecimal notional,
      OrderType type,
      OrderClass orderClass) {
    if (qty == null && notional == null) {
      throw invalid("qty or notional is required");
    }
    if (qty != null && notional != null) {
      throw invalid("only one of qty or notional is accepted");
    }
    if (notional != null && (type != OrderType.MARKET || orderClass != OrderClass.SIMPLE)) {
      throw invalid("notional orders must be market orders");
    }
  }

  /// The take-profit of an OCO is its own limit order.
  private @Nullable BigDecimal limit(OrderClass orderClass, OrderType type, @Nullable Exits exits) {
    if (orderClass != OrderClass.OCO || exits == null) {
      return Amounts.price(fields, "limit_price");
    }
    if (type != OrderType.LIMIT) {
      throw invalid("oco orders must be limit orders");
    }
    return exits.takeProfit();
  }

  private void checkPrices(OrderType type, boolean limit) {
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
          case TRAILING_STOP -> "trailing stop orders require no stop or limit price";
        });
  }

  private @Nullable Trail trail(OrderType type) {
    var price = Amounts.price(fields, "trail_price");
    var percent = Amounts.price(fields, "trail_percent");
    if (type != OrderType.TRAILING_STOP) {
      if (price != null || percent != null) {
        throw invalid(type.wire() + " orders require no trail price or percent");
      }
      return null;
    }
    if ((price == null) == (percent == null)) {
      throw invalid("trailing stop orders must specify one of trail_price or trail_percent");
    }
    return new Trail(price, percent);
  }

  private @Nullable Exits exits(OrderClass orderClass) {
    var profit = fields.object("take_profit");
    var loss = fields.object("stop_loss");
    if (orderClass == OrderClass.SIMPLE) {
      if (profit.isPresent() || loss.isPresent()) {
        throw invalid("simple orders require no take_profit or stop_loss");
      }
      return null;
    }
    boolean complete =
        orderClass == OrderClass.OTO
            ? profit.isPresent() != loss.isPresent()
            : profit.isPresent() && loss.isPresent();
    if (!complete) {
      throw invalid(
          orderClass == OrderClass.OTO
              ? "oto orders require one of take_profit or stop_loss"
              : orderClass.wire() + " orders require take_profit and stop_loss");
    }
    return new Exits(
        profit.map(form -> price(form, "take_profit", "limit_price")).orElse(null),
        loss.map(form -> price(form, "stop_loss", "stop_price")).orElse(null),
        loss.map(form -> Amounts.price(form, "limit_price")).orElse(null));
  }

  private static BigDecimal price(Fields form, String of, String name) {
    var price = Amounts.price(form, name);
    if (price == null) {
      throw invalid(of + "." + name + " is required");
    }
    return price;
  }

  private static void checkExtended(boolean extended, OrderType type, TimeInForce timeInForce) {
    boolean fits =
        type == OrderType.LIMIT
            && (timeInForce == TimeInForce.DAY || timeInForce == TimeInForce.GTC);
    if (extended && !fits) {
      throw new RefusedException(
          Refusal.unprocessable("extended hours order must be DAY or GTC limit orders"));
    }
  }

  private static RefusedException invalid(String message) {
    return new RefusedException(Refusal.invalid(message));
  }
}
