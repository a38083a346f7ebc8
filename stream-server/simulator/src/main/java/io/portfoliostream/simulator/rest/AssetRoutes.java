package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.MarketJson;
import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.rest.Route.Call;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is listed: `/v2/assets`.
final class AssetRoutes {
  private final Desk desk;

  AssetRoutes(Desk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/assets", this::assets),
        Route.of("GET", "/v2/assets/{symbol}", call -> asset(call.variable("symbol"))),
        Route.of(
            "GET",
            "/v2/assets/{coin}/{currency}",
            call -> asset(call.variable("coin") + "/" + call.variable("currency"))));
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

  private Response asset(String symbol) {
    return desk.call(exchange ->
        find(exchange.listings(), symbol)
            .map(listing -> Response.ok(MarketJson.asset(listing)))
            .orElse(Response.refused(Refusal.notFound("asset not found for " + symbol))));
  }
}
