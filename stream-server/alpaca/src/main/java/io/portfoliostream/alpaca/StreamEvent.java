package io.portfoliostream.alpaca;

import java.time.Duration;

/// What can happen to a stream's connection.
sealed interface StreamEvent {

  /// The WebSocket handshake is done.
  record Opened() implements StreamEvent {}

  /// The broker accepted the credentials.
  record Authorized() implements StreamEvent {}

  /// The broker confirmed what we listen to.
  record Confirmed() implements StreamEvent {}

  /// The connection has been live for some seconds.
  record Stabilized() implements StreamEvent {}

  /// The socket broke, did not open, stayed mute, or must be given up.
  ///
  /// @param atLeast shortest pause before the next try when there are too many connections; else
  ///   zero
  record Lost(String cause, Duration atLeast) implements StreamEvent {
    Lost(String cause) {
      this(cause, Duration.ZERO);
    }

    /// Whether the broker has too many connections of this account.
    boolean isLimited() {
      return atLeast.isPositive();
    }
  }

  /// The broker refused for good.
  record Denied(String reason) implements StreamEvent {}

  /// The pause before the next try is over.
  record RetryDue() implements StreamEvent {}

  /// We want no more.
  record Stopped() implements StreamEvent {}
}
