package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Entry;
import io.portfoliostream.simulator.broker.EquityPoint;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `GET /v2/account/portfolio/history`: what an account was worth over time.
///
/// @param cashflows the codes of the activities that are told beside it
record HistoryQuery(
    HistoryWindow window, HistoryReporting reporting, boolean resetsDaily, Set<String> cashflows) {
  private static final Set<String> FLOWS = Set.of("CSD", "CSW", "JNLC");
  private static final int RATIO_SCALE = 10;

  static HistoryQuery of(Request request) {
    boolean resets =
        switch (request.parameter("pnl_reset").orElse("per_day")) {
          case "per_day" -> true;
          case "no_reset" -> false;
          default -> throw invalid("invalid pnl_reset");
        };
    var flows =
        request
            .parameter("cashflow_types")
            .filter(text -> !text.equals("NONE"))
            .map(text -> text.equals("ALL") ? FLOWS : OrderQuery.list(text))
            .orElse(Set.of());
    return new HistoryQuery(HistoryWindow.of(request), HistoryReporting.of(request), resets, flows);
  }

  /// The history of an account up to now.
  ObjectNode answer(AccountBook book, Exchange exchange) {
    var now = exchange.now();
    var edges = window.edges(now, reporting);
    var start = edges.isEmpty() ? now : edges.getFirst().from();
    var base = base(book, start);
    var answer = new Columns();
    for (var edge : edges) {
      var until = edge.until().isAfter(now) ? now : edge.until().minusNanos(1);
      boolean resets = resetsDaily && !window.daily();
      var from = resets ? edge.dayStart() : start;
      answer.add(
          edge.from(),
          value(book, exchange, until),
          resets ? base(book, from) : base,
          flows(book, from, until));
    }
    return answer
        .json(window.daily() ? "1D" : window.timeframe())
        .put("base_value", base)
        .put(
            "base_value_asof",
            TradingCalendar.previousTradingDay(TradingCalendar.dateOf(start)).toString())
        .set("cashflow", cashflow(book, edges));
  }

  /// What the account was worth at an instant, or null before it was watched; past days are told by
  /// their closes.
  private @Nullable BigDecimal value(AccountBook book, Exchange exchange, Instant at) {
    if (book.profile().createdAt().isAfter(at)) {
      return null;
    }
    if (at.equals(exchange.now())) {
      return exchange.sheet(book).equity();
    }
    var point = window.daily() ? book.equity().closeBefore(at) : book.equity().at(at);
    return point.map(EquityPoint::equity).orElse(null);
  }

  /// What profit is counted from: the last close before, else what the account began with.
  private static BigDecimal base(AccountBook book, Instant start) {
    return book.equity().closeBefore(start).map(EquityPoint::equity).orElse(book.firstEquity());
  }

  /// Money that came or went and is no profit.
  private static BigDecimal flows(AccountBook book, Instant from, Instant until) {
    return book.entries().values().stream()
        .filter(entry -> FLOWS.contains(entry.type()))
        .filter(entry -> !entry.at().isBefore(from) && !entry.at().isAfter(until))
        .map(Entry::netAmount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private ObjectNode cashflow(AccountBook book, List<HistoryWindow.Edge> edges) {
    var byType = new TreeMap<String, List<BigDecimal>>();
    for (var entry : book.entries().values()) {
      for (int index = 0; index < edges.size() && cashflows.contains(entry.type()); index++) {
        if (edges.get(index).contains(entry.at())) {
          byType
              .computeIfAbsent(
                  entry.type(),
                  _ -> new ArrayList<>(Collections.nCopies(edges.size(), BigDecimal.ZERO)))
              .set(index, entry.netAmount());
        }
      }
    }
    var json = Json.object();
    byType.forEach((type, amounts) -> {
      var array = json.putArray(type);
      amounts.forEach(array::add);
    });
    return json;
  }

  static RefusedException invalid(String message) {
    return new RefusedException(Refusal.invalid(message));
  }

  /// The answer as it grows.
  private static final class Columns {
    private final ArrayNode timestamps = Json.array();
    private final ArrayNode equity = Json.array();
    private final ArrayNode profit = Json.array();
    private final ArrayNode ratio = Json.array();

    void add(Instant at, @Nullable BigDecimal value, BigDecimal base, BigDecimal flows) {
      timestamps.add(at.getEpochSecond());
      if (value == null) {
        equity.addNull();
        profit.addNull();
        ratio.addNull();
        return;
      }
      var gained = value.subtract(base).subtract(flows);
      equity.add(cents(value));
      profit.add(cents(gained));
      ratio.add(
          base.signum() == 0
              ? BigDecimal.ZERO
              : gained.divide(base, RATIO_SCALE, RoundingMode.HALF_UP).stripTrailingZeros());
    }

    ObjectNode json(String timeframe) {
      var json = Json.object();
      json.set("timestamp", timestamps);
      json.set("equity", equity);
      json.set("profit_loss", profit);
      json.set("profit_loss_pct", ratio);
      return json.put("timeframe", timeframe);
    }

    private static BigDecimal cents(BigDecimal value) {
      return value.setScale(2, RoundingMode.HALF_UP);
    }
  }
}
