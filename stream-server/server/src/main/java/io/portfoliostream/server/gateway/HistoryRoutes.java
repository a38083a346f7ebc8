package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.EquityCurve;
import io.portfoliostream.server.broker.EquityHistory;
import io.portfoliostream.server.broker.EquityHistory.Told;
import io.portfoliostream.server.broker.EquityQuery;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the own account was worth over time, from the broker.
record HistoryRoutes(EquityHistory history) {
  private static final Pattern PERIOD = Pattern.compile("[1-9]\\d{0,3}[DWMA]");
  private static final Map<Character, Integer> DAYS = Map.of('D', 1, 'W', 7, 'M', 30, 'A', 365);
  private static final int MAX_DAYS = 5 * 365;

  /// The longest period of each timeframe, in days: an answer has a few thousand points at most.
  private static final Map<String, Integer> LONGEST =
      Map.of("1Min", 7, "5Min", 30, "15Min", 30, "1H", 30, "1D", MAX_DAYS);

  private static final Duration LATER = Duration.ofSeconds(5);

  List<Resource> resources() {
    return List.of(Resource.at("/api/portfolio/history").own("GET", this::curve));
  }

  private Answer curve(Call call, Identity identity) {
    var query = query(call);
    try {
      var told = history.of(identity.user(), query);
      return told.isPresent() ? Answer.ok(wire(query, told.get())) : notLinked();
    } catch (BrokerUnavailable _) {
      return Answer.problem(ProblemCode.UNAVAILABLE, "The broker cannot be read just now.")
          .retryAfter(LATER);
    }
  }

  private static Answer notLinked() {
    return Answer.problem(ProblemCode.NOT_FOUND, "No broker account is linked to this user.");
  }

  private static EquityQuery query(Call call) {
    var errors = new ArrayList<FieldError>();
    var period = call.query("period").orElse("1M");
    var days = days(period);
    if (days.isEmpty()) {
      errors.add(
          new FieldError("period", "must be a number with D, W, M or A, and 5 years at most"));
    }
    var asked = call.query("timeframe");
    var timeframe = asked.isPresent() ? asked.get() : usual(days.orElse(MAX_DAYS));
    var longest = LONGEST.get(timeframe);
    if (longest == null) {
      errors.add(new FieldError("timeframe", "must be 1Min, 5Min, 15Min, 1H or 1D"));
    } else if (days.isPresent() && days.get() > longest) {
      errors.add(new FieldError("timeframe", "is for a period of at most " + longest + " days"));
    }
    if (!errors.isEmpty()) {
      throw new Refused(Refused.invalid(errors));
    }
    return new EquityQuery(period, timeframe);
  }

  private static Optional<Integer> days(String period) {
    if (!PERIOD.matcher(period).matches()) {
      return Optional.empty();
    }
    var unit = period.length() - 1;
    var count = Integer.parseInt(period.substring(0, unit));
    var days = count * DAYS.getOrDefault(period.charAt(unit), MAX_DAYS);
    return days > MAX_DAYS ? Optional.empty() : Optional.of(days);
  }

  /// Fine enough for a chart, and no finer.
  private static String usual(int days) {
    if (days <= 1) {
      return "5Min";
    }
    if (days <= 7) {
      return "15Min";
    }
    return days <= 30 ? "1H" : "1D";
  }

  private static Rest.History wire(EquityQuery query, Told told) {
    var curve = told.curve();
    return new Rest.History(
        told.asOf(),
        query.period(),
        query.timeframe(),
        curve.baseValue(),
        text(curve.baseValueAsOf()),
        curve.points().stream().map(HistoryRoutes::wire).toList());
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }

  private static Rest.History.Point wire(EquityCurve.Point point) {
    return new Rest.History.Point(
        point.at(), point.equity(), point.profitLoss(), percent(point.profitLossRatio()));
  }

  private static @Nullable BigDecimal percent(@Nullable BigDecimal ratio) {
    return ratio == null ? null : ratio.movePointRight(2).setScale(2, RoundingMode.HALF_UP);
  }
}
