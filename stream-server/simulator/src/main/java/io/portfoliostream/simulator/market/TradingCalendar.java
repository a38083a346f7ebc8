package io.portfoliostream.simulator.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The trading days of the New York exchanges, computed from their published rules.
public final class TradingCalendar {
  /// Where the exchanges are.
  public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);
  private static final LocalTime PRE_OPEN = LocalTime.of(4, 0);
  private static final LocalTime POST_CLOSE = LocalTime.of(20, 0);

  private TradingCalendar() {}

  /// The regular session of one trading day.
  public record Session(LocalDate date, LocalTime open, LocalTime close) {

    /// When the session opens.
    public Instant opensAt() {
      return date.atTime(open).atZone(NEW_YORK).toInstant();
    }

    /// When the session closes.
    public Instant closesAt() {
      return date.atTime(close).atZone(NEW_YORK).toInstant();
    }
  }

  /// The session of a date; empty on weekends and holidays.
  public static Optional<Session> session(LocalDate date) {
    return isTradingDay(date)
        ? Optional.of(new Session(date, OPEN, closesEarly(date) ? EARLY_CLOSE : CLOSE))
        : Optional.empty();
  }

  /// The first regular open after an instant.
  public static Instant nextOpen(Instant after) {
    return next(after, Session::opensAt);
  }

  /// The first regular close after an instant.
  public static Instant nextClose(Instant after) {
    return next(after, Session::closesAt);
  }

  /// The first begin of a pre-market session after an instant.
  public static Instant nextPreOpen(Instant after) {
    return next(after, session -> at(session.date(), PRE_OPEN));
  }

  /// The first end of an after-hours session after an instant.
  public static Instant nextPostClose(Instant after) {
    return next(after, session -> at(session.date(), POST_CLOSE));
  }

  /// The phase that an instant is in, from its begin to its end. The overnight session belongs to
  /// the trading day on whose eve it begins.
  public static PhaseSpan span(Instant instant) {
    var before = instant;
    for (var day = dateOf(instant); ; day = day.plusDays(1)) {
      var session = session(day);
      if (session.isEmpty()) {
        continue;
      }
      for (var span : spans(session.get())) {
        if (span.contains(instant)) {
          return span;
        }
        if (span.from().isAfter(instant)) {
          return new PhaseSpan(MarketPhase.CLOSED, before, span.from());
        }
        before = span.until();
      }
    }
  }

  private static List<PhaseSpan> spans(Session session) {
    var date = session.date();
    var pre = at(date, PRE_OPEN);
    return List.of(
        new PhaseSpan(MarketPhase.OVERNIGHT, at(date.minusDays(1), POST_CLOSE), pre),
        new PhaseSpan(MarketPhase.PRE, pre, session.opensAt()),
        new PhaseSpan(MarketPhase.CORE, session.opensAt(), session.closesAt()),
        new PhaseSpan(MarketPhase.POST, session.closesAt(), at(date, POST_CLOSE)));
  }

  private static Instant at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(NEW_YORK).toInstant();
  }

  /// The first trading day after a date; trades settle then.
  public static LocalDate nextTradingDay(LocalDate date) {
    return Stream.iterate(date.plusDays(1), day -> day.plusDays(1))
        .filter(TradingCalendar::isTradingDay)
        .findFirst()
        .orElseThrow();
  }

  /// The last trading day before a date.
  public static LocalDate previousTradingDay(LocalDate date) {
    return Stream.iterate(date.minusDays(1), day -> day.minusDays(1))
        .filter(TradingCalendar::isTradingDay)
        .findFirst()
        .orElseThrow();
  }

  /// The last trading day whose close is not after an instant.
  public static LocalDate lastClosedDay(Instant now) {
    return previousTradingDay(dateOf(nextClose(now)));
  }

  /// The date in New York.
  public static LocalDate dateOf(Instant instant) {
    return instant.atZone(NEW_YORK).toLocalDate();
  }

  private static Instant next(Instant after, Function<Session, Instant> edge) {
    return Stream.iterate(dateOf(after), day -> day.plusDays(1))
        .flatMap(day -> session(day).stream())
        .map(edge)
        .filter(instant -> instant.isAfter(after))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isTradingDay(LocalDate date) {
    return !isWeekend(date) && !isHoliday(date);
  }

  private static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static boolean isHoliday(LocalDate date) {
    int year = date.getYear();
    return Stream.of(
            newYear(year),
            nth(year, Month.JANUARY, 3, DayOfWeek.MONDAY),
            nth(year, Month.FEBRUARY, 3, DayOfWeek.MONDAY),
            easter(year).minusDays(2),
            LocalDate.of(year, Month.MAY, 31)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
            observed(LocalDate.of(year, Month.JUNE, 19)),
            observed(LocalDate.of(year, Month.JULY, 4)),
            nth(year, Month.SEPTEMBER, 1, DayOfWeek.MONDAY),
            thanksgiving(year),
            observed(LocalDate.of(year, Month.DECEMBER, 25)))
        .anyMatch(date::equals);
  }

  private static boolean closesEarly(LocalDate date) {
    int year = date.getYear();
    return date.equals(thanksgiving(year).plusDays(1))
        || date.equals(LocalDate.of(year, Month.JULY, 3))
        || date.equals(LocalDate.of(year, Month.DECEMBER, 24));
  }

  /// New Year's Day on a Saturday is not observed on the Friday before, which ends the old year.
  private static LocalDate newYear(int year) {
    var first = LocalDate.of(year, Month.JANUARY, 1);
    return first.getDayOfWeek() == DayOfWeek.SUNDAY ? first.plusDays(1) : first;
  }

  private static LocalDate observed(LocalDate holiday) {
    return switch (holiday.getDayOfWeek()) {
      case SATURDAY -> holiday.minusDays(1);
      case SUNDAY -> holiday.plusDays(1);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> holiday;
    };
  }

  private static LocalDate thanksgiving(int year) {
    return nth(year, Month.NOVEMBER, 4, DayOfWeek.THURSDAY);
  }

  private static LocalDate nth(int year, Month month, int ordinal, DayOfWeek day) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(ordinal, day));
  }

  /// Easter Sunday by the anonymous Gregorian algorithm (Meeus, "Astronomical Algorithms", 1991).
  private static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = b / 4;
    int e = b % 4;
    int g = (8 * b + 13) / 25;
    int h = (19 * a + b - d - g + 15) % 30;
    int k = c % 4;
    int l = (32 + 2 * e + 2 * (c / 4) - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int sum = h + l - 7 * m + 114;
    return LocalDate.of(year, sum / 31, sum % 31 + 1);
  }
}
