package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.market.MarketPhase;
import io.portfoliostream.simulator.market.TradingCalendar;
import io.portfoliostream.simulator.rest.Route.Call;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When the markets are open: `/v2/clock`, `/v2/calendar`, `/v3/clock`, `/v3/calendar`.
final class ClockRoutes {
  private static final int LONGEST_CALENDAR = 366 * 10;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private static final Map<String, Market> MARKETS = markets();

  private final Desk desk;

  ClockRoutes(Desk desk) {
    this.desk = desk;
  }

  /// A market with its code by ISO 10383.
  private record Market(String acronym, String mic, String name) {

    ObjectNode json() {
      return Json.object()
          .put("acronym", acronym)
          .put("mic", mic)
          .put("name", name)
          .put("timezone", TradingCalendar.NEW_YORK.getId());
    }
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/clock", this::clock),
        Route.of("GET", "/v2/calendar", this::calendar),
        Route.of("GET", "/v3/clock", this::clocks),
        Route.of("GET", "/v3/calendar/{market}", this::marketCalendar));
  }

  /// A simulator that trades around the clock is always open; the next open and close are those of
  /// New York.
  private Response clock(Call call) {
    return desk.call(exchange ->
        Response.ok(
            Json.object()
                .put("timestamp", inNewYork(exchange.now()))
                .put("is_open", exchange.isOpen())
                .put("next_open", inNewYork(TradingCalendar.nextOpen(exchange.now())))
                .put("next_close", inNewYork(TradingCalendar.nextClose(exchange.now())))));
  }

  private Response calendar(Call call) {
    var array = Json.array();
    for (var session : sessions(call)) {
      array
          .addObject()
          .put("date", session.date().toString())
          .put("open", TIME.format(session.open()))
          .put("close", TIME.format(session.close()))
          .put("session_open", "0400")
          .put("session_close", "2000")
          .put("settlement_date", TradingCalendar.nextTradingDay(session.date()).toString());
    }
    return Response.ok(array);
  }

  /// The sessions from the start to the end of a request, a year from today on otherwise.
  private List<TradingCalendar.Session> sessions(Call call) {
    var today = desk.call(exchange -> TradingCalendar.dateOf(exchange.now()));
    var start = date(call, "start", today);
    var end = date(call, "end", start.plusYears(1));
    if (end.isAfter(start.plusDays(LONGEST_CALENDAR))) {
      throw new RefusedException(Refusal.invalid("start and end are too far apart"));
    }
    if (end.isBefore(start)) {
      return List.of();
    }
    return start
        .datesUntil(end.plusDays(1))
        .flatMap(day -> TradingCalendar.session(day).stream())
        .toList();
  }

  private static LocalDate date(Call call, String name, LocalDate standard) {
    try {
      return call.request()
          .parameter(name)
          .map(text -> LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text))
          .orElse(standard);
    } catch (DateTimeParseException _) {
      throw new RefusedException(Refusal.invalid(name + " is not a valid date"));
    }
  }

  private static String inNewYork(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(TradingCalendar.NEW_YORK));
  }

  private Response clocks(Call call) {
    var wanted = call.request().parameter("markets").map(OrderQuery::list).orElse(MARKETS.keySet());
    var markets = MARKETS.keySet().stream().filter(wanted::contains).toList();
    if (markets.size() < wanted.size()) {
      throw new RefusedException(
          Refusal.invalid("markets must be among " + String.join(", ", MARKETS.keySet())));
    }
    return desk.call(exchange -> {
      var answer = Json.object();
      var clocks = answer.putArray("clocks");
      markets.forEach(market -> clocks.add(clock(find(market), exchange)));
      return Response.ok(answer);
    });
  }

  private static ObjectNode clock(Market market, Exchange exchange) {
    var now = exchange.now();
    var span = TradingCalendar.span(now);
    // Around the clock, every instant is told as one of a regular session.
    boolean core = exchange.isOpen();
    boolean day = TradingCalendar.session(TradingCalendar.dateOf(now)).isPresent();
    var phase = core ? MarketPhase.CORE : span.phase();
    var json = Json.object();
    json.set("market", market.json());
    return json.put("timestamp", inNewYork(now))
        .put("is_market_day", day || core)
        .put("next_market_open", inNewYork(TradingCalendar.nextOpen(now)))
        .put("next_market_close", inNewYork(TradingCalendar.nextClose(now)))
        .put("phase", (phase == MarketPhase.OVERNIGHT ? MarketPhase.CLOSED : phase).wire())
        .put("phase_until", inNewYork(until(core, span.phase(), now)));
  }

  private static Instant until(boolean core, MarketPhase phase, Instant now) {
    return switch (core ? MarketPhase.CORE : phase) {
      case CORE -> TradingCalendar.nextClose(now);
      case PRE -> TradingCalendar.nextOpen(now);
      case POST -> TradingCalendar.span(now).until();
      case CLOSED, OVERNIGHT -> TradingCalendar.nextPreOpen(now);
    };
  }

  private Response marketCalendar(Call call) {
    var market = find(call.variable("market"));
    var answer = Json.object();
    answer.set("market", market.json());
    var days = answer.putArray("calendar");
    for (var session : sessions(call)) {
      days.addObject()
          .put("date", session.date().toString())
          .put("core_start", inNewYork(session.opensAt()))
          .put("core_end", inNewYork(session.closesAt()))
          .put("settlement_date", TradingCalendar.nextTradingDay(session.date()).toString());
    }
    return Response.ok(answer);
  }

  private static Market find(String name) {
    var market = MARKETS.get(name);
    if (market == null) {
      throw new RefusedException(Refusal.notFound("market not found: " + name));
    }
    return market;
  }

  private static Map<String, Market> markets() {
    var markets = new LinkedHashMap<String, Market>();
    markets.put("NYSE", new Market("NYSE", "XNYS", "New York Stock Exchange"));
    markets.put("NASDAQ", new Market("NASDAQ", "XNAS", "NASDAQ Stock Market"));
    return markets;
  }
}
