package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client has seen and repaired since it was started.
///
/// @param messages messages received
/// @param badMessages messages that could not be read or broke the rules; none changed the view
/// @param gaps jumps in the numbering, answered by `resume`
/// @param replays catch-ups by replay
/// @param snapshots catch-ups by snapshot
/// @param connections connections that became live
/// @param fallbacks times that the client fell back to polling
/// @param polls polls that gave a portfolio
/// @param pollFailures polls that did not
/// @param digestsEqual digests that proved the view
/// @param digestsDifferent digests that did not; each was followed by a fresh snapshot
/// @param checks comparisons of the view with REST at the same number
/// @param differences differences that those found, all repaired
/// @param missedEvents checks that found the stream behind REST for good
/// @param lastMessageAt when something was last heard, by the client's clock
/// @param lastCheck the newest comparison
/// @param latency from the server's `timestamp` to applied here
/// @param roundTrip the newest ping's
public record ClientCounters(
    long messages,
    long badMessages,
    long gaps,
    long replays,
    long snapshots,
    long connections,
    long fallbacks,
    long polls,
    long pollFailures,
    long digestsEqual,
    long digestsDifferent,
    long checks,
    long differences,
    long missedEvents,
    @Nullable Instant lastMessageAt,
    @Nullable Check lastCheck,
    @Nullable Latency latency,
    @Nullable Duration roundTrip) {

  static final ClientCounters ZERO =
      new ClientCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null, null);

  /// The newest comparison with REST; absent before the first.
  public Optional<Check> check() {
    return Optional.ofNullable(lastCheck);
  }

  /// A comparison of the view with REST.
  ///
  /// @param at by the client's clock
  /// @param differences what it found, and repaired
  public record Check(Instant at, int differences) {
    /// Refuses a missing time.
    public Check {
      requireNonNull(at, "at");
    }
  }

  /// How long changes took, with the difference of the two clocks taken out.
  ///
  /// @param count messages measured since the start
  public record Latency(long count, Duration p50, Duration p95, Duration p99) {
    /// Refuses a missing figure.
    public Latency {
      requireNonNull(p50, "p50");
      requireNonNull(p95, "p95");
      requireNonNull(p99, "p99");
    }
  }
}
