package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a client asked for: a well-formed order before the account was looked at.
///
/// @param qty shares, or null for an order by amount
/// @param notional dollars, or null for an order by shares
/// @param trail how a trailing stop trails, or null for another type
/// @param exits what closes the position again, or null for a simple order
public record Ticket(
    String clientOrderId,
    String symbol,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal notional,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    boolean extendedHours,
    @Nullable Trail trail,
    OrderClass orderClass,
    @Nullable Exits exits) {

  public Ticket {
    orderClass = Objects.requireNonNullElse(orderClass, OrderClass.SIMPLE);
    if ((qty == null) == (notional == null)) {
      throw new IllegalArgumentException("exactly one of qty and notional: " + clientOrderId);
    }
    if (type.hasLimit() != (limitPrice != null)
        || type.hasStop() != (stopPrice != null)
        || (type == OrderType.TRAILING_STOP) != (trail != null)) {
      throw new IllegalArgumentException("prices do not suit " + type + ": " + clientOrderId);
    }
  }

  /// A market order for a number of shares, good for the day.
  public static Ticket market(String clientOrderId, String symbol, Side side, BigDecimal qty) {
    return new Ticket(
        clientOrderId,
        symbol,
        qty,
        null,
        side,
        OrderType.MARKET,
        TimeInForce.DAY,
        null,
        null,
        false,
        null,
        OrderClass.SIMPLE,
        null);
  }

  /// Whether the order is for less than whole shares.
  public boolean isFractional() {
    return qty == null || qty.stripTrailingZeros().scale() > 0;
  }

  /// This ticket with another time in force.
  public Ticket with(TimeInForce other) {
    return new Ticket(
        clientOrderId,
        symbol,
        qty,
        notional,
        side,
        type,
        other,
        limitPrice,
        stopPrice,
        extendedHours,
        trail,
        orderClass,
        exits);
  }

  /// This ticket for another quantity.
  Ticket withQty(BigDecimal other) {
    return new Ticket(
        clientOrderId,
        symbol,
        other,
        notional,
        side,
        type,
        timeInForce,
        limitPrice,
        stopPrice,
        extendedHours,
        trail,
        orderClass,
        exits);
  }

  /// This ticket as a replacement changes it.
  Ticket with(Change change, String newClientOrderId, @Nullable BigDecimal rest) {
    return new Ticket(
        newClientOrderId,
        symbol,
        rest,
        notional,
        side,
        type,
        change.timeInForce() == null ? timeInForce : change.timeInForce(),
        change.limitPrice() == null ? limitPrice : change.limitPrice(),
        change.stopPrice() == null ? stopPrice : change.stopPrice(),
        extendedHours,
        trailAfter(change),
        orderClass,
        exits);
  }

  /// The take-profit that goes with an entry.
  Ticket takeProfit(String legId, BigDecimal limit) {
    return leg(legId, exitSide(), OrderType.LIMIT, limit, null);
  }

  /// The stop-loss that goes with an entry.
  Ticket stopLoss(String legId, BigDecimal stop, @Nullable BigDecimal limit) {
    return leg(
        legId, exitSide(), limit == null ? OrderType.STOP : OrderType.STOP_LIMIT, limit, stop);
  }

  private Side exitSide() {
    return orderClass.hasEntry() ? side.opposite() : side;
  }

  private Ticket leg(
      String legId,
      Side legSide,
      OrderType legType,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal stop) {
    return new Ticket(
        legId,
        symbol,
        qty,
        null,
        legSide,
        legType,
        timeInForce,
        limit,
        stop,
        false,
        null,
        orderClass,
        null);
  }

  private @Nullable Trail trailAfter(Change change) {
    if (trail == null || change.trail() == null) {
      return trail;
    }
    return trail.price() == null
        ? new Trail(null, change.trail())
        : new Trail(change.trail(), null);
  }
}
