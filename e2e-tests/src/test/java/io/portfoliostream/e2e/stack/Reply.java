package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;

/// An answer, whatever it says.
///
/// @param body missing where the answer has none
public record Reply(int status, JsonNode body) {
  /// The order that the answer tells of.
  public JsonNode order() {
    return body.path("order");
  }

  /// The identity of that order.
  public String orderId() {
    return order().path("orderId").asText();
  }

  /// The answer, if it has this status.
  ///
  /// @throws IllegalStateException when it has another one
  public Reply expect(int wanted) {
    if (status != wanted) {
      throw new IllegalStateException("not " + wanted + " but " + status + ": " + body);
    }
    return this;
  }
}
