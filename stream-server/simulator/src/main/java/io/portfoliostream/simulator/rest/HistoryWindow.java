package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.market.TradingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The stretch of time of a portfolio history and the steps into which it is cut.
///
/// @param step how long a step is, or null for whole trading days
record HistoryWindow(
    @Nullable Instant start, @Nullable Instant end, String period, @Nullable Duration step) {
  private static final Pattern PERIOD = Pattern.compile("\\d{1,4}[DWMA]");
  private static final Duration LONGEST_INTRADAY = Duration.ofDays(31);
  private static final int MOST_DAYS = 366 * 10;
  private static final int SHORT_PERIOD = 7;
  private static final int MIDDLE_PERIOD = 30;

  /// A step: its begin, its end, and the begin of the day that it is in.
  record Edge(Instant from, Instant until, Instant dayStart) {

    boolean contains(Instant instant) {
      return !instant.isBefore(from) && instant.isBefore(until);
    }
  }

  static HistoryWindow of(Request request) {
    var start = either(request, "start", "date_start");
    var end = either(request, "end", "date_end");
    var period = request.parameter("period");
    if (start.isPresent() && end.isPresent() && period.isPresent()) {
      throw HistoryQuery.invalid("only two of start, end and period are accepted");
    }
    var length = period.orElse("1M");
    if (!PERIOD.matcher(length).matches()) {
      throw HistoryQuery.invalid("invalid period");
    }
    var first = start.map(text -> OrderQuery.time("start", text)).orElse(null);
    var last = end.map(text -> OrderQuery.time("end", text)).orElse(null);
    if (first != null && last != null && !first.isBefore(last)) {
      throw HistoryQuery.invalid("start must be before end");
    }
    var step = step(request, days(length));
    return new HistoryWindow(first, last, length, step);
  }

  /// Whether each step is a trading day.
  boolean daily() {
    return step == null;
  }

  /// The word for the length of a step.
  String timeframe() {
    if (step == null) {
      return "1D";
    }
    return step.toMinutes() == 60 ? "1H" : step.toMinutes() + "Min";
  }

  /// The steps up to an instant, oldest first.
  List<Edge> edges(Instant now, HistoryReporting reporting) {
    var last = end == null || end.isAfter(now) ? now : end;
    var first = start == null ? begin(last) : start;
    if (step == null) {
      return days(first, last);
    }
    if (Duration.between(first, last).compareTo(LONGEST_INTRADAY) > 0) {
      throw HistoryQuery.invalid("intraday timeframes are for no more than 30 days");
    }
    return steps(first, last, reporting, step);
  }

  private static List<Edge> days(Instant first, Instant last) {
    var edges = new ArrayList<Edge>();
    var day = TradingCalendar.dateOf(first);
    for (int count = 0; count < MOST_DAYS && !day.isAfter(TradingCalendar.dateOf(last)); count++) {
      if (TradingCalendar.session(day).isPresent()) {
        var from = midnight(day);
        edges.add(new Edge(from, midnight(day.plusDays(1)), from));
      }
      day = day.plusDays(1);
    }
    return edges;
  }

  private static List<Edge> steps(
      Instant first, Instant last, HistoryReporting reporting, Duration step) {
    var edges = new ArrayList<Edge>();
    long seconds = step.toSeconds();
    var from = Instant.ofEpochSecond(Math.ceilDiv(first.getEpochSecond(), seconds) * seconds);
    var span = TradingCalendar.span(from);
    for (; !from.isAfter(last); from = from.plus(step)) {
      if (!from.isBefore(span.until())) {
        span = TradingCalendar.span(from);
      }
      if (reporting.tells(span.phase())) {
        var day = midnight(TradingCalendar.dateOf(from));
        edges.add(new Edge(from, from.plus(step), day));
      }
    }
    return edges;
  }

  /// Where the period that ends at an instant begins: at the begin of its first trading day.
  private Instant begin(Instant last) {
    var day = TradingCalendar.dateOf(last);
    while (TradingCalendar.session(day).isEmpty()) {
      day = day.minusDays(1);
    }
    if (period.endsWith("D")) {
      for (int back = 1; back < days(period) && back < MOST_DAYS; back++) {
        day = TradingCalendar.previousTradingDay(day);
      }
      return midnight(day);
    }
    return midnight(day.minusDays(Math.min(days(period), MOST_DAYS)));
  }

  private static int days(String period) {
    int unit = period.length() - 1;
    int count = Integer.parseInt(period.substring(0, unit));
    return switch (period.charAt(unit)) {
      case 'D' -> count;
      case 'W' -> count * 7;
      case 'M' -> count * 30;
      default -> count * 365;
    };
  }

  private static @Nullable Duration step(Request request, int days) {
    var standard = days < SHORT_PERIOD ? "1Min" : days < MIDDLE_PERIOD ? "15Min" : "1D";
    return switch (request.parameter("timeframe").orElse(standard)) {
      case "1Min" -> Duration.ofMinutes(1);
      case "5Min" -> Duration.ofMinutes(5);
      case "15Min" -> Duration.ofMinutes(15);
      case "1H" -> Duration.ofHours(1);
      case "1D" -> null;
      default -> throw HistoryQuery.invalid("invalid timeframe");
    };
  }

  private static Optional<String> either(Request request, String name, String old) {
    return request.parameter(name).or(() -> request.parameter(old));
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(TradingCalendar.NEW_YORK).toInstant();
  }
}
