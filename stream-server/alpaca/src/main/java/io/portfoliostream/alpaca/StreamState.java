package io.portfoliostream.alpaca;

import java.time.Duration;

/// Where a stream's connection stands.
///
/// ```
/// Connecting → Authenticating → Listening → Live
///      ↑            |               |        |     lost at any of the four
///      └───────────────────── BackingOff ←───┘
/// credentials refused → Refused        closed by us → Closed        both are final
/// ```
public sealed interface StreamState {

  /// How often the connection came about and how often it failed.
  ///
  /// @param established connections that became live so far
  /// @param failures failures since the last connection that lived long enough to be called stable
  /// @param limits those of the latest failures, in a row, that were refusals for too many
  ///   connections
  record Attempts(int established, int failures, int limits) {
    static final Attempts NONE = new Attempts(0, 0, 0);

    Attempts afterFailure() {
      return new Attempts(established, failures + 1, 0);
    }

    Attempts afterLimit() {
      return new Attempts(established, failures + 1, limits + 1);
    }

    Attempts afterEstablishing() {
      return new Attempts(established + 1, failures, limits);
    }

    Attempts afterStability() {
      return new Attempts(established, 0, 0);
    }
  }

  /// A socket is being opened.
  record Connecting(Attempts attempts) implements StreamState {}

  /// The socket is open, the credentials are being checked.
  record Authenticating(Attempts attempts) implements StreamState {}

  /// Authorized; the broker has not confirmed yet what we listen to. Messages may arrive from here
  /// on.
  record Listening(Attempts attempts) implements StreamState {}

  /// The stream delivers. It is entered once per connection, and what happened before it was not
  /// delivered: whoever keeps state reconciles now.
  record Live(Attempts attempts) implements StreamState {
    /// Whether an earlier connection had been live.
    public boolean isReconnected() {
      return attempts.established() > 1;
    }
  }

  /// The connection was lost or did not come about; the next try follows after the delay.
  record BackingOff(Attempts attempts, Duration delay, String cause) implements StreamState {}

  /// The broker refused these credentials or what they ask for; no further try is made.
  record Refused(String reason) implements StreamState {}

  /// Closed by us.
  record Closed() implements StreamState {}

  /// Whether the stream is over for good.
  default boolean isFinal() {
    return switch (this) {
      case Refused _, Closed _ -> true;
      case Connecting _, Authenticating _, Listening _, Live _, BackingOff _ -> false;
    };
  }
}
