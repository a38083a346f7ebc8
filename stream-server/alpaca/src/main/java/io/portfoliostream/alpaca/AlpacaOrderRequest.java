package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An order to be submitted; which combinations are allowed is the broker's to say.
///
/// @param qty quantity; exactly one of this and `notional` is given
/// @param exits the exit orders of a bracket, OCO or OTO; null for a simple order
/// @param clientOrderId the idempotency key, unique per account, at most 128 characters
public record AlpacaOrderRequest(
    String symbol,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal notional,
    String side,
    String type,
    String timeInForce,
    Prices prices,
    boolean extendedHours,
    @Nullable Exits exits,
    String clientOrderId) {

  /// Checks what no order can do without.
  public AlpacaOrderRequest {
    if ((qty == null) == (notional == null)) {
      throw new IllegalArgumentException("exactly one of qty and notional must be given");
    }
    requireClientOrderId(clientOrderId);
  }

  /// The prices that an order's type asks for.
  ///
  /// @param limit for `limit` and `stop_limit`
  /// @param stop for `stop` and `stop_limit`
  /// @param trail for `trailing_stop`: the distance from the best price, as a price
  /// @param trailPercent for `trailing_stop`: the same distance in percent of the best price
  public record Prices(
      @Nullable BigDecimal limit,
      @Nullable BigDecimal stop,
      @Nullable BigDecimal trail,
      @Nullable BigDecimal trailPercent) {

    /// No price: a market order.
    public static final Prices NONE = new Prices(null, null, null, null);

    /// The price of a limit order.
    public static Prices limit(BigDecimal limit) {
      return new Prices(limit, null, null, null);
    }

    /// The price of a stop order.
    public static Prices stop(BigDecimal stop) {
      return new Prices(null, stop, null, null);
    }
  }

  /// The orders that end a position and that the broker ties to the entry or to each other.
  ///
  /// @param orderClass `bracket` (an entry with both exits), `oto` (an entry with one exit) or
  ///   `oco` (both exits of a position that exists: the order itself is its take profit)
  /// @param takeProfitLimit limit price of the take profit
  /// @param stopLoss the stop loss
  public record Exits(
      String orderClass, @Nullable BigDecimal takeProfitLimit, @Nullable StopLoss stopLoss) {

    /// Checks that the class has the exits it must have.
    public Exits {
      var isComplete =
          switch (orderClass) {
            case "bracket", "oco" -> takeProfitLimit != null && stopLoss != null;
            case "oto" -> (takeProfitLimit == null) != (stopLoss == null);
            default -> throw new IllegalArgumentException("not bracket, oco or oto: " + orderClass);
          };
      if (!isComplete) {
        throw new IllegalArgumentException(
            orderClass.equals("oto")
                ? "oto needs exactly one of take profit and stop loss"
                : orderClass + " needs a take profit and a stop loss");
      }
    }
  }

  /// The protecting exit.
  ///
  /// @param stop the price that triggers it
  /// @param limit makes it a stop-limit order; null for a stop order
  public record StopLoss(BigDecimal stop, @Nullable BigDecimal limit) {}

  /// A market order for a quantity, good for the day.
  public static AlpacaOrderRequest market(
      String symbol, BigDecimal qty, String side, String clientOrderId) {
    return new AlpacaOrderRequest(
        symbol, qty, null, side, "market", "day", Prices.NONE, false, null, clientOrderId);
  }

  /// A limit order for a quantity, good till canceled.
  public static AlpacaOrderRequest limit(
      String symbol, BigDecimal qty, String side, BigDecimal limit, String clientOrderId) {
    return new AlpacaOrderRequest(
        symbol, qty, null, side, "limit", "gtc", Prices.limit(limit), false, null, clientOrderId);
  }

  /// The same order with exits.
  public AlpacaOrderRequest withExits(Exits newExits) {
    return new AlpacaOrderRequest(
        symbol,
        qty,
        notional,
        side,
        type,
        timeInForce,
        prices,
        extendedHours,
        newExits,
        clientOrderId);
  }

  static void requireClientOrderId(String clientOrderId) {
    if (clientOrderId.isEmpty() || clientOrderId.length() > 128) {
      throw new IllegalArgumentException("clientOrderId must have 1 to 128 characters");
    }
  }

  ObjectNode json() {
    var body = Json.object();
    body.put("symbol", symbol);
    Json.put(body, "qty", qty);
    Json.put(body, "notional", notional);
    body.put("side", side);
    body.put("type", type);
    body.put("time_in_force", timeInForce);
    Json.put(body, "limit_price", prices.limit());
    Json.put(body, "stop_price", prices.stop());
    Json.put(body, "trail_price", prices.trail());
    Json.put(body, "trail_percent", prices.trailPercent());
    if (extendedHours) {
      body.put("extended_hours", true);
    }
    if (exits != null) {
      putExits(body, exits);
    }
    body.put("client_order_id", clientOrderId);
    return body;
  }

  private static void putExits(ObjectNode body, Exits exits) {
    body.put("order_class", exits.orderClass());
    if (exits.takeProfitLimit() != null) {
      Json.put(body.putObject("take_profit"), "limit_price", exits.takeProfitLimit());
    }
    var stopLoss = exits.stopLoss();
    if (stopLoss != null) {
      var leg = body.putObject("stop_loss");
      Json.put(leg, "stop_price", stopLoss.stop());
      Json.put(leg, "limit_price", stopLoss.limit());
    }
  }
}
