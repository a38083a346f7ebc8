package io.portfoliostream.e2e;

import io.portfoliostream.e2e.stack.ServerSession;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/// The bodies of requests for orders.
final class Orders {
  private Orders() {}

  /// A market order for the day.
  static Map<String, Object> market(String side, String qty, String symbol) {
    return order(side, "market", symbol, Map.of("qty", qty));
  }

  /// A limit order for the day.
  ///
  /// @param factor of the last price
  static Map<String, Object> limit(
      ServerSession user, String side, String qty, String symbol, String factor) {
    var price = price(user, symbol, factor);
    return order(side, "limit", symbol, Map.of("qty", qty, "limitPrice", price));
  }

  /// An order for the day.
  static Map<String, Object> order(String side, String type, String symbol, Map<String, ?> more) {
    var order = new HashMap<String, Object>(more);
    order.putAll(Map.of("side", side, "type", type, "symbol", symbol, "timeInForce", "day"));
    return order;
  }

  /// A multiple of a symbol's last price, in cents.
  static String price(ServerSession user, String symbol, String factor) {
    var quote = user.get("/api/quotes?symbols=" + symbol).path("quotes").path(0);
    return new BigDecimal(quote.path("last").asText())
        .multiply(new BigDecimal(factor))
        .setScale(2, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /// Submits an order.
  ///
  /// @return its id
  static String accepted(ServerSession user, Map<String, Object> order) {
    return user.submit(order).expect(202).orderId();
  }
}
