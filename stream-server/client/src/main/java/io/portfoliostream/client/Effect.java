package io.portfoliostream.client;

import io.portfoliostream.client.ConnectionEvent.Timer;
import java.time.Duration;

/// What a [ConnectionMachine] wants done.
sealed interface Effect {
  /// Open a socket, in place of the last one.
  record OpenSocket() implements Effect {}

  /// Close the socket, if there is one; nothing more is heard of it.
  record DropSocket() implements Effect {}

  /// Send `subscribe`, with the replica's position.
  record Subscribe() implements Effect {}

  /// Send `resume`, or `subscribe` where the replica needs a snapshot.
  record AskAgain() implements Effect {}

  /// Read the portfolio by REST.
  record Poll() implements Effect {}

  /// Read the health.
  record Probe() implements Effect {}

  /// Read whether real time is on.
  record ReadStatus() implements Effect {}

  /// Start a timer, in place of a running one, for a random time in a range.
  record Schedule(Timer timer, Duration min, Duration max) implements Effect {}

  /// The same, unless the running one is due before.
  record Hasten(Timer timer, Duration min, Duration max) implements Effect {}

  /// Stop a timer.
  record Cancel(Timer timer) implements Effect {}

  /// Count a fallback, for the counters and the server's metrics.
  record CountFallback(String reason) implements Effect {}

  /// Stop all timers, drop the socket, leave nothing running.
  record GoQuiet() implements Effect {}
}
