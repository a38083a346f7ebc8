package io.portfoliostream.alpaca;

import java.time.Instant;

/// The market clock: whether the regular session is open, and when that changes.
///
/// @param timestamp the broker's time of the answer
public record AlpacaClock(Instant timestamp, boolean isOpen, Instant nextOpen, Instant nextClose) {

  static AlpacaClock read(Fields clock) {
    return new AlpacaClock(
        clock.instant("timestamp"),
        clock.flag("is_open"),
        clock.instant("next_open"),
        clock.instant("next_close"));
  }
}
