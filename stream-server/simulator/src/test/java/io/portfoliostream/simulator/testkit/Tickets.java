package io.portfoliostream.simulator.testkit;

import io.portfoliostream.simulator.broker.Exits;
import io.portfoliostream.simulator.broker.OrderClass;
import io.portfoliostream.simulator.broker.OrderType;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.broker.TimeInForce;
import io.portfoliostream.simulator.broker.Trail;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes tickets of which a test says only what matters: market orders for the day otherwise.
public final class Tickets {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String symbol;
  private final Side side;
  private final BigDecimal qty;
  private OrderType type = OrderType.MARKET;
  private TimeInForce timeInForce = TimeInForce.DAY;
  private @Nullable BigDecimal limit;
  private @Nullable BigDecimal stop;
  private @Nullable Trail trail;
  private @Nullable Exits exits;
  private OrderClass orderClass = OrderClass.SIMPLE;
  private boolean extended;
  private @Nullable String clientOrderId;

  private Tickets(Side side, String symbol, String qty) {
    this.side = side;
    this.symbol = symbol;
    this.qty = new BigDecimal(qty);
  }

  /// A purchase.
  public static Tickets buy(String symbol, String qty) {
    return new Tickets(Side.BUY, symbol, qty);
  }

  /// A sale.
  public static Tickets sell(String symbol, String qty) {
    return new Tickets(Side.SELL, symbol, qty);
  }

  /// With a limit price.
  public Tickets limit(String price) {
    limit = new BigDecimal(price);
    type = stop == null ? OrderType.LIMIT : OrderType.STOP_LIMIT;
    return this;
  }

  /// With a stop price.
  public Tickets stop(String price) {
    stop = new BigDecimal(price);
    type = limit == null ? OrderType.STOP : OrderType.STOP_LIMIT;
    return this;
  }

  /// A trailing stop, so many dollars behind.
  public Tickets trailPrice(String dollars) {
    trail = new Trail(new BigDecimal(dollars), null);
    type = OrderType.TRAILING_STOP;
    return this;
  }

  /// A trailing stop, so many percent behind.
  public Tickets trailPercent(String percent) {
    trail = new Trail(null, new BigDecimal(percent));
    type = OrderType.TRAILING_STOP;
    return this;
  }

  /// Good for another time than the day.
  public Tickets in(TimeInForce other) {
    timeInForce = other;
    return this;
  }

  /// Under a name of the test's own.
  public Tickets id(String name) {
    clientOrderId = name;
    return this;
  }

  /// Also outside the regular session.
  public Tickets extended() {
    extended = true;
    return this;
  }

  /// With exits.
  public Tickets exits(
      OrderClass together, @Nullable String takeProfit, @Nullable String stopLoss) {
    orderClass = together;
    exits =
        new Exits(
            takeProfit == null ? null : new BigDecimal(takeProfit),
            stopLoss == null ? null : new BigDecimal(stopLoss),
            null);
    return this;
  }

  /// The ticket.
  public Ticket ticket() {
    return new Ticket(
        clientOrderId == null ? "ticket-" + NUMBER.incrementAndGet() : clientOrderId,
        symbol,
        qty,
        null,
        side,
        type,
        timeInForce,
        limit,
        stop,
        extended,
        trail,
        orderClass,
        exits);
  }
}
