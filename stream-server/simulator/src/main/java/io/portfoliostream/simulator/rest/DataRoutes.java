package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.MarketJson;
import io.portfoliostream.simulator.market.Mark;
import io.portfoliostream.simulator.rest.Route.Call;
import java.util.List;
import java.util.function.Function;

/// Market data by request: `/v2/stocks` and `/v1beta3/crypto/us`. Symbols that are not listed are
/// left out of the answer.
final class DataRoutes {
  private static final String COINS = "/v1beta3/crypto/us/";

  private final Desk desk;

  DataRoutes(Desk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "GET",
            "/v2/stocks/snapshots",
            call -> Response.ok(bySymbol(call, MarketJson::snapshot))),
        wrapped("/v2/stocks/trades/latest", "trades", mark -> MarketJson.trade(mark.tick())),
        wrapped("/v2/stocks/quotes/latest", "quotes", mark -> MarketJson.quote(mark.tick())),
        wrapped("/v2/stocks/bars/latest", "bars", mark -> MarketJson.bar(mark.minute())),
        wrapped(COINS + "latest/trades", "trades", mark -> MarketJson.trade(mark.tick())),
        wrapped(COINS + "latest/quotes", "quotes", mark -> MarketJson.quote(mark.tick())),
        wrapped(COINS + "latest/bars", "bars", mark -> MarketJson.bar(mark.minute())),
        wrapped(COINS + "snapshots", "snapshots", MarketJson::snapshot));
  }

  /// Whether a path asks for market data.
  static boolean isAbout(String path) {
    return path.startsWith("/v2/stocks/") || path.startsWith(COINS);
  }

  private Route wrapped(String path, String what, Function<Mark, JsonNode> json) {
    return Route.of(
        "GET",
        path,
        call -> {
          var answer = Json.object();
          answer.set(what, bySymbol(call, json));
          return Response.ok(answer);
        });
  }

  private JsonNode bySymbol(Call call, Function<Mark, JsonNode> json) {
    var symbols =
        call.request()
            .parameter("symbols")
            .map(OrderQuery::list)
            .orElseThrow(() -> new RefusedException(Refusal.invalid("symbols is required")));
    boolean coins = call.request().path().startsWith(COINS);
    return desk.call(exchange -> {
      var answer = Json.object();
      symbols.stream()
          .sorted()
          .filter(symbol ->
              exchange
                  .listings()
                  .find(symbol)
                  .filter(listing -> listing.isCrypto() == coins && listing.symbol().equals(symbol))
                  .isPresent())
          .forEach(symbol -> answer.set(symbol, json.apply(exchange.prices().mark(symbol))));
      return answer;
    });
  }
}
