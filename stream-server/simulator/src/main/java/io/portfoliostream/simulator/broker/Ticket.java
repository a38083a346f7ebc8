package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a client asked for: a well-formed order before the account was looked at.
///
/// @param qty shares, or null for an order by amount
/// @param notional dollars, or null for an order by shares
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
    boolean extendedHours) {

  public Ticket {
    if ((qty == null) == (notional == null)) {
      throw new IllegalArgumentException("exactly one of qty and notional: " + clientOrderId);
    }
    if (type.hasLimit() != (limitPrice != null) || type.hasStop() != (stopPrice != null)) {
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
        false);
  }

  /// Whether the order is for less than whole shares.
  public boolean isFractional() {
    return qty == null || qty.stripTrailingZeros().scale() > 0;
  }
}
