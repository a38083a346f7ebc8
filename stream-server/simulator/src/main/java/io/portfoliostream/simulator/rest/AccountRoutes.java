package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Execution;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.json.AccountJson;
import io.portfoliostream.simulator.json.ActivityJson;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.market.TradingCalendar;
import io.portfoliostream.simulator.rest.Route.Call;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `/v2/account` and its activities.
final class AccountRoutes {
  private static final int PAGE = 100;

  private final Desk desk;

  AccountRoutes(Desk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v2/account", this::account),
        Route.of("GET", "/v2/account/activities", call -> activities(call, typesOf(call))),
        Route.of(
            "GET",
            "/v2/account/activities/{type}",
            call -> activities(call, Set.of(call.variable("type")))));
  }

  private Response account(Call call) {
    return desk.call(exchange -> {
      var book = exchange.book(call.account().name());
      return Response.ok(AccountJson.of(book.profile(), exchange.sheet(book), exchange.closedOn()));
    });
  }

  private Response activities(Call call, Set<String> types) {
    var page = Page.of(call.request());
    return desk.call(exchange -> {
      var array = Json.array();
      page.select(activities(exchange.book(call.account().name()), types))
          .forEach(activity -> array.add(activity.json().get()));
      return Response.ok(array);
    });
  }

  private static List<Activity> activities(AccountBook book, Set<String> types) {
    var activities = new ArrayList<Activity>();
    if (types.isEmpty() || types.contains("JNLC")) {
      var profile = book.profile();
      activities.add(
          new Activity(
              ActivityJson.id(profile.createdAt(), profile.id()),
              profile.createdAt(),
              Optional.empty(),
              () -> ActivityJson.deposit(profile, AccountBook.OPENING_DEPOSIT)));
    }
    if (types.isEmpty() || types.contains("FILL")) {
      book.executions().values().stream().map(AccountRoutes::activity).forEach(activities::add);
    }
    return activities;
  }

  private static Activity activity(Execution execution) {
    return new Activity(
        ActivityJson.id(execution.at(), execution.id()),
        execution.at(),
        Optional.of(execution.orderId().toString()),
        () -> ActivityJson.fill(execution));
  }

  /// The wanted types; empty for all.
  private static Set<String> typesOf(Call call) {
    var named = call.request().parameter("activity_types").map(OrderQuery::list);
    return named.isPresent()
        ? named.get()
        : switch (call.request().parameter("category").orElse("")) {
          case "" -> Set.of();
          case "trade_activity" -> Set.of("FILL");
          case "non_trade_activity" -> Set.of("JNLC");
          default -> throw new RefusedException(Refusal.invalid("invalid category"));
        };
  }

  private record Activity(
      String id, Instant at, Optional<String> orderId, Supplier<ObjectNode> json) {}

  /// The filters and the paging of activities.
  private record Page(
      Optional<Instant> after,
      Optional<Instant> until,
      Optional<LocalDate> date,
      Optional<String> orderId,
      Optional<String> token,
      boolean ascending,
      int size) {

    static Page of(Request request) {
      return new Page(
          request.parameter("after").map(text -> OrderQuery.time("after", text)),
          request.parameter("until").map(text -> OrderQuery.time("until", text)),
          request
              .parameter("date")
              .map(text -> TradingCalendar.dateOf(OrderQuery.time("date", text + "T12:00:00Z"))),
          request.parameter("order_id"),
          request.parameter("page_token"),
          OrderQuery.ascending(request),
          OrderQuery.number(request, "page_size", PAGE, PAGE));
    }

    List<Activity> select(List<Activity> oldestFirst) {
      var ordered = ascending ? oldestFirst : oldestFirst.reversed();
      Stream<Activity> following = ordered.stream();
      if (token.isPresent()) {
        int index = indexOf(ordered, token.get());
        following = ordered.subList(index + 1, ordered.size()).stream();
      }
      return following.filter(this::matches).limit(size).toList();
    }

    private boolean matches(Activity activity) {
      return after.map(activity.at()::isAfter).orElse(true)
          && until.map(activity.at()::isBefore).orElse(true)
          && date.map(TradingCalendar.dateOf(activity.at())::equals).orElse(true)
          && orderId.map(activity.orderId().orElse("")::equals).orElse(true);
    }

    private static int indexOf(List<Activity> activities, String id) {
      for (int index = 0; index < activities.size(); index++) {
        if (activities.get(index).id().equals(id)) {
          return index;
        }
      }
      throw new RefusedException(Refusal.invalid("invalid page_token"));
    }
  }
}
