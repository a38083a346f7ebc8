package io.portfoliostream.server.market;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What the broker's clock said.
///
/// @param at the broker's time
/// @param open whether the regular session runs
public record ClockReading(Instant at, boolean open, Instant nextOpen, Instant nextClose) {
  /// Refuses a reading with a part missing.
  public ClockReading {
    requireNonNull(at, "at");
    requireNonNull(nextOpen, "nextOpen");
    requireNonNull(nextClose, "nextClose");
  }

  /// Until when it holds what the reading says of the regular session.
  Instant holdsUntil() {
    return open ? nextClose : nextOpen;
  }
}
