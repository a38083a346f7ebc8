package io.portfoliostream.server.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A roll-out as it was set.
///
/// @param version grows with every change
/// @param changedBy the administrator, absent before the first change
public record RolloutState(
    Rollout rollout, long version, Instant changedAt, @Nullable String changedBy) {
  /// Refuses a state with a part missing.
  public RolloutState {
    requireNonNull(rollout, "rollout");
    requireNonNull(changedAt, "changedAt");
  }

  RolloutState off() {
    return new RolloutState(rollout.off(), version, changedAt, changedBy);
  }
}
