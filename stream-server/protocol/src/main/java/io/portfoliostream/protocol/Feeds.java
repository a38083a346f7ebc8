package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How fresh the two sources behind a portfolio are.
///
/// @param trading orders, executions, positions, cash
/// @param marketData prices
public record Feeds(Feed trading, Feed marketData) {
  /// Refuses feeds with a field missing.
  public Feeds {
    requireNonNull(trading, "trading");
    requireNonNull(marketData, "marketData");
  }

  /// A source's freshness.
  public enum State {
    /// It delivers.
    @JsonProperty("live")
    LIVE,
    /// What it said last may no longer be true.
    @JsonProperty("stale")
    STALE
  }

  /// One source.
  ///
  /// @param since when it entered its state
  /// @param lastEventAt when it was last heard, absent when never
  public record Feed(State state, Instant since, @Nullable Instant lastEventAt) {
    /// Refuses a feed with a field missing.
    public Feed {
      requireNonNull(state, "state");
      requireNonNull(since, "since");
    }
  }
}
