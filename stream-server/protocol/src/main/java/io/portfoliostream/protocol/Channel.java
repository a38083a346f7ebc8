package io.portfoliostream.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A part of the portfolio that a connection may subscribe to.
public enum Channel {
  /// Positions: quantity and cost are sequenced, prices are conflated.
  @JsonProperty("positions")
  POSITIONS,
  /// Orders in every status.
  @JsonProperty("orders")
  ORDERS,
  /// Cash, buying power, equity and the day's profit.
  @JsonProperty("account")
  ACCOUNT,
  /// Executions.
  @JsonProperty("trades")
  TRADES
}
