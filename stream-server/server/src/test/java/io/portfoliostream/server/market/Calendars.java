package io.portfoliostream.server.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;

/// Trading days of a Thanksgiving week and the weeks around it.
public final class Calendars {
  private static final LocalDate THANKSGIVING = LocalDate.parse("2026-11-26");

  private Calendars() {}

  /// 16 November to 11 December 2026.
  public static List<TradingDay> days() {
    return LocalDate.parse("2026-11-16")
        .datesUntil(LocalDate.parse("2026-12-12"))
        .filter(Calendars::trades)
        .map(Calendars::day)
        .toList();
  }

  /// The same days as a calendar.
  public static MarketCalendar calendar() {
    return new MarketCalendar(days());
  }

  /// A time of November 2026 in New York.
  public static Instant newYork(int day, String time) {
    return ZonedDateTime.of(LocalDate.of(2026, 11, day), LocalTime.parse(time), TradingDay.NEW_YORK)
        .toInstant();
  }

  private static boolean trades(LocalDate date) {
    return date.getDayOfWeek() != DayOfWeek.SATURDAY
        && date.getDayOfWeek() != DayOfWeek.SUNDAY
        && !date.equals(THANKSGIVING);
  }

  private static TradingDay day(LocalDate date) {
    var early = date.equals(THANKSGIVING.plusDays(1));
    return new TradingDay(
        date,
        LocalTime.of(4, 0),
        LocalTime.of(9, 30),
        LocalTime.of(early ? 13 : 16, 0),
        LocalTime.of(early ? 17 : 20, 0));
  }
}
