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

/// Market data by request: `/v2/stocks`. Symbols that are not listed are left out of the answer.
final class DataRoutes {
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
        latest("trades", mark -> MarketJson.trade(mark.tick())),
        latest("quotes", mark -> MarketJson.quote(mark.tick())),
        latest("bars", mark -> MarketJson.bar(mark.minute())));
  }

  private Route latest(String what, Function<Mark, JsonNode> json) {
    return Route.of(
        "GET",
        "/v2/stocks/" + what + "/latest",
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
    return desk.call(exchange -> {
      var answer = Json.object();
      symbols.stream()
          .sorted()
          .filter(symbol -> exchange.listings().find(symbol).isPresent())
          .forEach(symbol -> answer.set(symbol, json.apply(exchange.prices().mark(symbol))));
      return answer;
    });
  }
}
