package io.portfoliostream.server.alerts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where an alert stands.
///
/// @param since when it entered the state
/// @param value the rule's figure at the last look, absent while it cannot be told
public record Alert(AlertRule rule, State state, Instant since, @Nullable Double value) {
  /// Refuses an alert with a part missing.
  public Alert {
    requireNonNull(rule, "rule");
    requireNonNull(state, "state");
    requireNonNull(since, "since");
  }

  /// What an alert does.
  public enum State {
    /// It has not fired since the start.
    INACTIVE,
    /// The figure is above the threshold.
    FIRING,
    /// It was, and is no more.
    RESOLVED;

    /// The word on the wire.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean isFiring() {
    return state == State.FIRING;
  }
}
