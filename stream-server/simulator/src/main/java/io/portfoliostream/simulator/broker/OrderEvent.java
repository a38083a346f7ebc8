package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;

/// What can happen to an order; [Order#next] says what follows from it.
sealed interface OrderEvent {

  /// The market took the order.
  record Routed() implements OrderEvent {}

  /// The stop price was reached.
  record Triggered() implements OrderEvent {}

  /// A part of the order traded.
  ///
  /// @param completes whether nothing remains
  record Traded(BigDecimal qty, BigDecimal price, boolean completes) implements OrderEvent {}

  /// Somebody asked to cancel the order.
  record CancelRequested() implements OrderEvent {}

  /// The order was taken from the market.
  record Canceled() implements OrderEvent {}

  /// The time of the order ran out.
  record Expired() implements OrderEvent {}
}
