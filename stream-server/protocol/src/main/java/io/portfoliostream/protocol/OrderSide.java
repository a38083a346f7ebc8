package io.portfoliostream.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The direction of an order or execution.
public enum OrderSide {
  /// Adds to the position.
  @JsonProperty("buy")
  BUY,
  /// Takes from the position.
  @JsonProperty("sell")
  SELL
}
