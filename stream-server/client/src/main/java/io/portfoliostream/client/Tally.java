package io.portfoliostream.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The running counts behind [ClientCounters]. Counted by the mailbox's owner only.
final class Tally {
  long messages;
  long badMessages;
  long gaps;
  long replays;
  long snapshots;
  long connections;
  long fallbacks;
  long polls;
  long pollFailures;
  long digestsEqual;
  long digestsDifferent;
  long checks;
  long differences;
  long missedEvents;
  @Nullable Instant lastMessageAt;
  ClientCounters.@Nullable Check lastCheck;
  ClientCounters.@Nullable Latency latency;
  @Nullable Duration roundTrip;

  void checked(Instant at, int found) {
    checks++;
    differences += found;
    lastCheck = new ClientCounters.Check(at, found);
  }

  /// What was found wrong in the view and repaired.
  long drift() {
    return differences + missedEvents + digestsDifferent;
  }

  ClientCounters counters() {
    return new ClientCounters(
        messages,
        badMessages,
        gaps,
        replays,
        snapshots,
        connections,
        fallbacks,
        polls,
        pollFailures,
        digestsEqual,
        digestsDifferent,
        checks,
        differences,
        missedEvents,
        lastMessageAt,
        lastCheck,
        latency,
        roundTrip);
  }
}
