package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.Order;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.broker.Submission;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.FaultKind;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.OrderJson;
import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.rest.Route.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// `/v2/orders`.
final class OrderRoutes {
  private final Desk desk;
  private final FaultBoard faults;

  OrderRoutes(Desk desk, FaultBoard faults) {
    this.desk = desk;
    this.faults = faults;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v2/orders", this::submit),
        Route.of("GET", "/v2/orders", this::list),
        Route.of("DELETE", "/v2/orders", this::cancelAll),
        Route.of("GET", "/v2/orders:by_client_order_id", this::byClientOrderId),
        Route.of("GET", "/v2/orders/{id}", this::byId),
        Route.of("PATCH", "/v2/orders/{id}", this::replace),
        Route.of("DELETE", "/v2/orders/{id}", this::cancel));
  }

  /// The answer to a submission: the order with its legs, or why there is none.
  static Response answer(Submission submission, Exchange exchange, String account) {
    return switch (submission) {
      case Submission.Accepted(var order) ->
          Response.ok(
              OrderJson.nested(
                  order, exchange.book(account).legs(order.id()), exchange.listings()));
      case Submission.Refused(var refusal) -> Response.refused(refusal);
    };
  }

  private Response submit(Call call) {
    return desk.call(exchange -> {
      var ticket =
          OrderForm.parse(
              call.request().body(),
              symbol -> exchange.listings().find(symbol).map(Listing::symbol).orElse(symbol),
              exchange::newClientOrderId);
      var account = call.account().name();
      var submission = exchange.submit(account, ticket);
      if (submission instanceof Submission.Accepted(var order) && isDoomed(call)) {
        exchange.doom(order.id());
      }
      return answer(submission, exchange, account);
    });
  }

  private Response replace(Call call) {
    var id = OrderQuery.uuid(call.variable("id"));
    return desk.call(exchange -> {
      var change = ChangeForm.parse(call.request().body());
      var account = call.account().name();
      return answer(exchange.replace(account, id, change), exchange, account);
    });
  }

  private boolean isDoomed(Call call) {
    return faults.strike(FaultKind.LATE_REJECT, Target.account(call.account().name())).isPresent();
  }

  private Response list(Call call) {
    var query = OrderQuery.of(call.request());
    return desk.call(exchange -> {
      var array = Json.array();
      var book = exchange.book(call.account().name());
      query.select(book.orders().values()).stream()
          .map(order -> json(exchange, book, order, query.nested()))
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
            .map(order ->
                Response.ok(
                    json(
                        exchange,
                        exchange.book(call.account().name()),
                        order,
                        OrderQuery.nested(call.request()))))
            .orElse(Response.refused(Refusal.notFound("order not found for " + id))));
  }

  private static ObjectNode json(Exchange exchange, AccountBook book, Order order, boolean nested) {
    var listings = exchange.listings();
    return nested
        ? OrderJson.nested(order, book.legs(order.id()), listings)
        : OrderJson.rest(order, listings);
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
