package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.MarketJson;
import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.TradingCalendar;
import io.portfoliostream.simulator.rest.Route.Call;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is listed and when it trades: `/v2/assets`, `/v2/clock`, `/v2/calendar`.
final class AssetRoutes {
  private static final int LONGEST_CALENDAR = 366 * 10;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final Desk desk;

  AssetRoutes(Desk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/assets", this::assets),
        Route.of("GET", "/v2/assets/{symbol}", this::asset),
        Route.of("GET", "/v2/clock", this::clock),
        Route.of("GET", "/v2/calendar", this::calendar));
  }

  /// A listing by its symbol or its asset id.
  static Optional<Listing> find(Listings listings, String symbolOrId) {
    return listings
        .find(symbolOrId)
        .or(() -> {
          try {
            return listings.find(UUID.fromString(symbolOrId));
          } catch (IllegalArgumentException _) {
            return Optional.empty();
          }
        });
  }

  private Response assets(Call call) {
    var status = call.request().parameter("status").orElse("active");
    var assetClass = call.request().parameter("asset_class").orElse("us_equity");
    var venue = call.request().parameter("exchange");
    var attributes = call.request().parameter("attributes").map(OrderQuery::list).orElse(Set.of());
    return desk.call(exchange -> {
      var array = Json.array();
      if (status.equals("active") || status.equals("all")) {
        exchange.listings().all().stream()
            .filter(listing -> listing.traits().assetClass().wire().equals(assetClass))
            .filter(listing -> attributes.isEmpty() || carries(listing, attributes))
            .filter(listing -> venue.map(listing.venue().name()::equals).orElse(true))
            .map(MarketJson::asset)
            .forEach(array::add);
      }
      return Response.ok(array);
    });
  }

  private static boolean carries(Listing listing, Set<String> attributes) {
    return MarketJson.attributes(listing).stream().anyMatch(attributes::contains);
  }

  private Response asset(Call call) {
    var symbol = call.variable("symbol");
    return desk.call(exchange ->
        find(exchange.listings(), symbol)
            .map(listing -> Response.ok(MarketJson.asset(listing)))
            .orElse(Response.refused(Refusal.notFound("asset not found for " + symbol))));
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
    var today = desk.call(exchange -> TradingCalendar.dateOf(exchange.now()));
    var start = date(call, "start", today);
    var end = date(call, "end", start.plusYears(1));
    if (end.isAfter(start.plusDays(LONGEST_CALENDAR))) {
      throw new RefusedException(Refusal.invalid("start and end are too far apart"));
    }
    var array = Json.array();
    for (var day = start; !day.isAfter(end); day = day.plusDays(1)) {
      TradingCalendar.session(day)
          .ifPresent(session ->
              array
                  .addObject()
                  .put("date", session.date().toString())
                  .put("open", TIME.format(session.open()))
                  .put("close", TIME.format(session.close()))
                  .put("session_open", "0400")
                  .put("session_close", "2000")
                  .put(
                      "settlement_date",
                      TradingCalendar.nextTradingDay(session.date()).toString()));
    }
    return Response.ok(array);
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
}
