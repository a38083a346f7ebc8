package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An order to be submitted; which combinations are allowed is the broker's to say.
///
/// @param qty quantity; exactly one of this and `notional` is given
/// @param clientOrderId the idempotency key, unique per account, at most 128 characters
public record AlpacaOrderRequest(
    String symbol,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal notional,
    String side,
    String type,
    String timeInForce,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trailPrice,
    @Nullable BigDecimal trailPercent,
    boolean extendedHours,
    String clientOrderId) {

  /// Checks what no order can do without.
  public AlpacaOrderRequest {
    if ((qty == null) == (notional == null)) {
      throw new IllegalArgumentException("exactly one of qty and notional must be given");
    }
    if (clientOrderId.isEmpty() || clientOrderId.length() > 128) {
      throw new IllegalArgumentException("clientOrderId must have 1 to 128 characters");
    }
  }

  /// A market order for a quantity, good for the day.
  public static AlpacaOrderRequest market(
      String symbol, BigDecimal qty, String side, String clientOrderId) {
    return new AlpacaOrderRequest(
        symbol, qty, null, side, "market", "day", null, null, null, null, false, clientOrderId);
  }

  ObjectNode json() {
    var body = Json.object();
    body.put("symbol", symbol);
    put(body, "qty", qty);
    put(body, "notional", notional);
    body.put("side", side);
    body.put("type", type);
    body.put("time_in_force", timeInForce);
    put(body, "limit_price", limitPrice);
    put(body, "stop_price", stopPrice);
    put(body, "trail_price", trailPrice);
    put(body, "trail_percent", trailPercent);
    if (extendedHours) {
      body.put("extended_hours", true);
    }
    body.put("client_order_id", clientOrderId);
    return body;
  }

  private static void put(ObjectNode body, String name, @Nullable BigDecimal value) {
    if (value != null) {
      body.put(name, value.toPlainString());
    }
  }
}
