package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What shall be different about an open order; a null leaves it as it is.
///
/// @param qty the whole new quantity, what was filled already included
/// @param trail the new distance of a trailing stop, as price or percent like the one before
/// @param clientOrderId the idempotency key of the order that takes the old one's place, unique per
///   account, at most 128 characters; without it the outcome of a lost answer is hard to tell
public record AlpacaReplaceRequest(
    @Nullable BigDecimal qty,
    @Nullable String timeInForce,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trail,
    @Nullable String clientOrderId) {

  /// Checks that there is something to change.
  public AlpacaReplaceRequest {
    if (qty == null
        && timeInForce == null
        && limitPrice == null
        && stopPrice == null
        && trail == null) {
      throw new IllegalArgumentException(
          "one of qty, timeInForce, limitPrice, stopPrice and trail must be given");
    }
    if (clientOrderId != null) {
      AlpacaOrderRequest.requireClientOrderId(clientOrderId);
    }
  }

  ObjectNode json() {
    var body = Json.object();
    Json.put(body, "qty", qty);
    if (timeInForce != null) {
      body.put("time_in_force", timeInForce);
    }
    Json.put(body, "limit_price", limitPrice);
    Json.put(body, "stop_price", stopPrice);
    Json.put(body, "trail", trail);
    if (clientOrderId != null) {
      body.put("client_order_id", clientOrderId);
    }
    return body;
  }
}
