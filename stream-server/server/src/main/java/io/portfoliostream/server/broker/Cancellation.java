package io.portfoliostream.server.broker;

import java.time.Duration;

/// What became of the request to cancel an order. Asking twice does no harm.
public sealed interface Cancellation {

  /// The broker will try.
  record Requested() implements Cancellation {}

  /// The broker cannot: the order has ended, or is about to.
  ///
  /// @param reason the broker's words
  record TooLate(String reason) implements Cancellation {}

  /// Nobody knows; ask again.
  ///
  /// @param retryAfter when another try makes sense
  record Unknown(String cause, Duration retryAfter) implements Cancellation {}
}
