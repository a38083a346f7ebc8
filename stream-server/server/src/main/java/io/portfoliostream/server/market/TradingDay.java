package io.portfoliostream.server.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/// A day on which the exchanges trade, in New York time.
///
/// @param preOpen when trading before the regular session begins
/// @param open of the regular session
/// @param close of the regular session
/// @param postClose when trading after the regular session ends
public record TradingDay(
    LocalDate date, LocalTime preOpen, LocalTime open, LocalTime close, LocalTime postClose) {
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static final LocalTime OVERNIGHT = LocalTime.of(20, 0);

  /// Refuses times that are not in their order.
  public TradingDay {
    if (preOpen.isAfter(open) || !open.isBefore(close) || close.isAfter(postClose)) {
      throw new IllegalArgumentException(
          "the hours of %s are not in order: %s, %s, %s, %s"
              .formatted(date, preOpen, open, close, postClose));
    }
  }

  /// The overnight session of a trading day begins on the evening before.
  Instant overnightOpensAt() {
    return at(date.minusDays(1), OVERNIGHT);
  }

  Instant preOpensAt() {
    return at(date, preOpen);
  }

  Instant opensAt() {
    return at(date, open);
  }

  Instant closesAt() {
    return at(date, close);
  }

  Instant postClosesAt() {
    return at(date, postClose);
  }

  private static Instant at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(NEW_YORK).toInstant();
  }
}
