package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.Order;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.broker.Submission;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.OrderJson;
import io.portfoliostream.simulator.rest.Route.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// `/v2/orders`.
final class OrderRoutes {
  private final Desk desk;

  OrderRoutes(Desk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v2/orders", this::submit),
        Route.of("GET", "/v2/orders", this::list),
        Route.of("DELETE", "/v2/orders", this::cancelAll),
        Route.of("GET", "/v2/orders:by_client_order_id", this::byClientOrderId),
        Route.of("GET", "/v2/orders/{id}", this::byId),
        Route.of("DELETE", "/v2/orders/{id}", this::cancel));
  }

  static Response answer(Submission submission, Exchange exchange) {
    return switch (submission) {
      case Submission.Accepted(var order) ->
          Response.ok(OrderJson.rest(order, exchange.listings()));
      case Submission.Refused(var refusal) -> Response.refused(refusal);
    };
  }

  private Response submit(Call call) {
    return desk.call(exchange -> {
      var ticket = OrderForm.parse(call.request().body(), exchange::newClientOrderId);
      return answer(exchange.submit(call.account().name(), ticket), exchange);
    });
  }

  private Response list(Call call) {
    var query = OrderQuery.of(call.request());
    return desk.call(exchange -> {
      var array = Json.array();
      query.select(exchange.book(call.account().name()).orders().values()).stream()
          .map(order -> OrderJson.rest(order, exchange.listings()))
          .forEach(array::add);
      return Response.ok(array);
    });
  }

  private Response byId(Call call) {
    var id = OrderQuery.uuid(call.variable("id"));
    return find(call, id.toString(), (exchange, account) -> exchange.book(account).order(id));
  }

  private Response byClientOrderId(Call call) {
    var id =
        call.request()
            .parameter("client_order_id")
            .orElseThrow(
                () -> new RefusedException(Refusal.invalid("client_order_id is required")));
    return find(call, id, (exchange, account) -> exchange.book(account).order(id));
  }

  private Response find(
      Call call, String id, BiFunction<Exchange, String, Optional<Order>> search) {
    return desk.call(exchange ->
        search
            .apply(exchange, call.account().name())
            .map(order -> Response.ok(OrderJson.rest(order, exchange.listings())))
            .orElse(Response.refused(Refusal.notFound("order not found for " + id))));
  }

  private Response cancel(Call call) {
    var id = OrderQuery.uuid(call.variable("id"));
    return desk.call(exchange ->
        switch (exchange.cancel(call.account().name(), id)) {
          case Submission.Accepted _ -> Response.noContent();
          case Submission.Refused(var refusal) -> Response.refused(refusal);
        });
  }

  private Response cancelAll(Call call) {
    return desk.call(exchange -> {
      var results = Json.array();
      var account = call.account().name();
      for (var order : exchange.book(account).openOrders()) {
        int status =
            switch (exchange.cancel(account, order.id())) {
              case Submission.Accepted _ -> 200;
              case Submission.Refused(var refusal) -> refusal.status();
            };
        results.addObject().put("id", order.id().toString()).put("status", status);
      }
      return Response.multiStatus(results);
    });
  }
}
