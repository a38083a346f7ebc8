package io.portfoliostream.server.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How the streams of a node behave.
///
/// @param node the node's name, told to clients
public record StreamSettings(
    String node,
    Conflation conflation,
    Heartbeat heartbeat,
    Limits limits,
    Replay replay,
    Sending sending,
    Upkeep upkeep) {
  /// Refuses settings with a part missing.
  public StreamSettings {
    requireNonNull(node, "node");
    requireNonNull(conflation, "conflation");
    requireNonNull(heartbeat, "heartbeat");
    requireNonNull(limits, "limits");
    requireNonNull(replay, "replay");
    requireNonNull(sending, "sending");
    requireNonNull(upkeep, "upkeep");
  }

  /// When price-driven updates are sent.
  ///
  /// @param window how long they are collected
  /// @param maxWait the longest that any of them waits
  /// @param maxWindow the slowest window that a client may ask for
  public record Conflation(Duration window, Duration maxWait, Duration maxWindow) {
    /// Refuses a slowest window below the usual one.
    public Conflation {
      if (maxWindow.compareTo(window) < 0) {
        throw new IllegalArgumentException("maxWindow is below window: " + maxWindow);
      }
    }
  }

  /// How a dead client is found.
  ///
  /// @param interval between two pings
  /// @param timeout a client that was silent for this long is closed
  public record Heartbeat(Duration interval, Duration timeout) {
    /// Refuses a timeout that ends before the first ping could be answered.
    public Heartbeat {
      if (timeout.compareTo(interval) <= 0) {
        throw new IllegalArgumentException("timeout is not above interval: " + timeout);
      }
    }
  }

  /// What is taken from a client.
  ///
  /// @param malformed messages that may be malformed before the connection is closed
  public record Limits(int messageBytes, int messagesPerSecond, int malformed) {}

  /// The longest and largest replay; what is more becomes a snapshot.
  public record Replay(int events, int bytes) {}

  /// What may wait for a client, and for how long.
  ///
  /// @param bytes in its outbox
  /// @param items in its outbox
  /// @param stallLimit a write that blocks for this long ends the connection
  /// @param closeGrace from our close to the end of the pipe
  public record Sending(int bytes, int items, Duration stallLimit, Duration closeGrace) {
    /// Refuses an outbox that holds nothing.
    public Sending {
      if (bytes < 1 || items < 1) {
        throw new IllegalArgumentException("an outbox must hold something");
      }
    }
  }

  /// How the streams keep up with the ledger.
  ///
  /// @param gapPatience how long a hole in the numbers may heal by itself before the log is read
  /// @param checkInterval between two comparisons of positions and sessions with the database
  public record Upkeep(Duration gapPatience, Duration checkInterval) {}

  /// The values that the protocol names.
  public static StreamSettings defaults(String node) {
    return new StreamSettings(
        node,
        new Conflation(Duration.ofMillis(1_000), Duration.ofMillis(400), Duration.ofSeconds(60)),
        new Heartbeat(Duration.ofSeconds(15), Duration.ofSeconds(30)),
        new Limits(16 * 1024, 20, 20),
        new Replay(500, 256 * 1024),
        new Sending(1024 * 1024, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(2)),
        new Upkeep(Duration.ofMillis(50), Duration.ofSeconds(2)));
  }

  /// The same settings with another conflation.
  public StreamSettings with(Conflation other) {
    return new StreamSettings(node, other, heartbeat, limits, replay, sending, upkeep);
  }

  /// The same settings with another heartbeat.
  public StreamSettings with(Heartbeat other) {
    return new StreamSettings(node, conflation, other, limits, replay, sending, upkeep);
  }

  /// The same settings with other limits.
  public StreamSettings with(Limits other) {
    return new StreamSettings(node, conflation, heartbeat, other, replay, sending, upkeep);
  }

  /// The same settings with another bound of what may wait.
  public StreamSettings with(Sending other) {
    return new StreamSettings(node, conflation, heartbeat, limits, replay, other, upkeep);
  }
}
