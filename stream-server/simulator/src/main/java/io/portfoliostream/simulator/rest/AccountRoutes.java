package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.AccountSettings;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.AccountJson;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.rest.Route.Call;
import java.util.List;
import java.util.Set;

/// `/v2/account`: the account, its configurations, activities and history.
final class AccountRoutes {
  private static final Set<String> MULTIPLIERS = Set.of("1", "2", "4");

  private final Desk desk;

  AccountRoutes(Desk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/account", this::account),
        Route.of("GET", "/v2/account/configurations", this::configurations),
        Route.of("PATCH", "/v2/account/configurations", this::configure),
        Route.of("GET", "/v2/account/portfolio/history", this::history),
        Route.of("GET", "/v2/account/activities", call -> activities(call, typesOf(call))),
        Route.of(
            "GET",
            "/v2/account/activities/{type}",
            call -> activities(call, Set.of(call.variable("type")))));
  }

  private Response account(Call call) {
    return desk.call(exchange -> {
      var book = exchange.book(call.account().name());
      return Response.ok(
          AccountJson.of(book, exchange.sheet(book), exchange.mayShort(book), exchange.closedOn()));
    });
  }

  private Response configurations(Call call) {
    return desk.call(exchange -> Response.ok(json(exchange.book(call.account().name()))));
  }

  private Response configure(Call call) {
    var fields = Fields.parse(call.request().body());
    return desk.call(exchange -> {
      var name = call.account().name();
      exchange.choose(name, changed(exchange.book(name).settings(), fields));
      return Response.ok(json(exchange.book(name)));
    });
  }

  private Response history(Call call) {
    var query = HistoryQuery.of(call.request());
    return desk.call(
        exchange -> Response.ok(query.answer(exchange.book(call.account().name()), exchange)));
  }

  private Response activities(Call call, Set<String> types) {
    var query = Activities.of(call.request(), types);
    return desk.call(exchange -> {
      var array = Json.array();
      query
          .select(exchange.book(call.account().name()))
          .forEach(activity -> array.add(activity.json().get()));
      return Response.ok(array);
    });
  }

  private static AccountSettings changed(AccountSettings settings, Fields fields) {
    var multiplier = fields.text("max_margin_multiplier");
    if (multiplier.isPresent() && !MULTIPLIERS.contains(multiplier.get())) {
      throw new RefusedException(Refusal.invalid("max_margin_multiplier must be 1, 2 or 4"));
    }
    var confirmations = fields.text("trade_confirm_email").orElse(settings.confirmations());
    if (!Set.of("all", "none").contains(confirmations)) {
      throw new RefusedException(Refusal.invalid("trade_confirm_email must be all or none"));
    }
    return new AccountSettings(
        multiplier.isPresent() ? Integer.valueOf(multiplier.get()) : settings.multiplier(),
        fields.says("no_shorting") ? fields.flag("no_shorting") : settings.noShorting(),
        fields.says("suspend_trade") ? fields.flag("suspend_trade") : settings.suspended(),
        fields.says("fractional_trading")
            ? fields.flag("fractional_trading")
            : settings.fractional(),
        confirmations);
  }

  private static ObjectNode json(AccountBook book) {
    var settings = book.settings();
    return Json.object()
        .put("trade_confirm_email", settings.confirmations())
        .put("suspend_trade", settings.suspended())
        .put("no_shorting", settings.noShorting())
        .put("fractional_trading", settings.fractional())
        .put("max_margin_multiplier", Integer.toString(book.multiplier()))
        .put("disable_overnight_trading", false);
  }

  /// The wanted types; empty for all.
  private static Set<String> typesOf(Call call) {
    return call.request().parameter("activity_types").map(OrderQuery::list).orElse(Set.of());
  }
}
