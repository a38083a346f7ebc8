package io.portfoliostream.simulator.market;

import java.time.Instant;

/// A stretch of time within one phase.
///
/// @param until the first instant after it
public record PhaseSpan(MarketPhase phase, Instant from, Instant until) {

  public PhaseSpan {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a span must not be empty: " + from + " to " + until);
    }
  }

  boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(until);
  }
}
