package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.util.UUID;

/// What can happen to an order; [Order#next] says what follows from it.
sealed interface OrderEvent {

  /// The market took the order, or took it up again.
  record Routed() implements OrderEvent {}

  /// What the order waits for changed: its stop was reached or moved.
  record Armed(Trigger trigger) implements OrderEvent {}

  /// A part of the order traded.
  ///
  /// @param completes whether nothing remains
  record Traded(BigDecimal qty, BigDecimal price, boolean completes) implements OrderEvent {}

  /// The session ended for an order that goes on in the next one.
  record DoneForDay() implements OrderEvent {}

  /// The market stopped, suspended or calculates the order.
  record Interrupted(OrderStatus status) implements OrderEvent {}

  /// Somebody asked to cancel the order.
  record CancelRequested() implements OrderEvent {}

  /// Somebody asked to replace the order.
  record ReplaceRequested() implements OrderEvent {}

  /// A request to cancel or replace came to nothing.
  record RequestRefused() implements OrderEvent {}

  /// Another order came in its place.
  record Replaced(UUID by) implements OrderEvent {}

  /// The quantity became another one, as a part was traded by the order beside it.
  record Resized(BigDecimal qty) implements OrderEvent {}

  /// The order was taken from the market.
  record Canceled() implements OrderEvent {}

  /// The time of the order ran out.
  record Expired() implements OrderEvent {}

  /// The market did not take the order.
  record Rejected() implements OrderEvent {}
}
