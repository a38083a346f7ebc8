package io.portfoliostream.server.alerts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/// The figures of a node at one moment; counts run since its start.
///
/// @param timings in milliseconds, by name
public record Sample(
    Instant at, Load load, Counts counts, Sources sources, Map<String, Distribution> timings) {
  /// The name of the timing of numbered events, from arrival to written.
  public static final String SEQUENCED = "sequenced";

  /// The name of the timing of prices, from the arrival of the oldest to written.
  public static final String MARKS = "marks";

  /// Copies the timings.
  public Sample {
    requireNonNull(at, "at");
    requireNonNull(load, "load");
    requireNonNull(counts, "counts");
    requireNonNull(sources, "sources");
    timings = Map.copyOf(timings);
  }

  /// How much there is.
  ///
  /// @param symbols that connected users hold
  /// @param liveBytes of the heap, after the last collection of long-lived objects; zero before
  ///   there was one
  /// @param open whether the node takes streams: real time is on and the node does not drain
  public record Load(long connections, long users, long symbols, long liveBytes, boolean open) {}

  /// What was counted.
  ///
  /// @param disconnects all ends of connections
  /// @param unexpectedDisconnects those that neither the user nor an administrator wanted
  /// @param events messages with numbered events or prices that were written
  /// @param requests REST calls and upgrades
  /// @param requestFaults of them, those that ended in our own fault
  /// @param messages to and from clients
  /// @param messageFaults what failed by our own fault while they were made, written or read
  public record Counts(
      long disconnects,
      long unexpectedDisconnects,
      long events,
      long requests,
      long requestFaults,
      long messages,
      long messageFaults) {}

  /// How the broker is heard.
  ///
  /// @param marketOpen whether the regular session runs
  /// @param silenceSeconds since the quieter of its two kinds of streams was last heard
  public record Sources(boolean marketOpen, double silenceSeconds) {}

  /// One of the timings; empty for a name without any.
  public Distribution timing(String name) {
    return timings.getOrDefault(name, Distribution.EMPTY);
  }
}
