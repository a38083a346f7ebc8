package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.desk.Interventions;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.FaultBoard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The REST interface: finds the account and the route of a request and answers it.
///
/// Safe for use by several threads.
public final class RestApi {
  private static final Refusal UNAUTHORIZED =
      new Refusal(401, 40110000, "request is not authorized", Map.of());
  private static final Refusal NOT_FOUND = Refusal.notFound("endpoint not found.");
  private static final Refusal WRONG_METHOD =
      new Refusal(405, 40510000, "method not allowed", Map.of());

  private static final Refusal TOO_MANY =
      new Refusal(429, 42910000, "rate limit exceeded", Map.of());
  private static final List<String> PREFIXES = List.of("/v2/", "/v3/", "/v1beta3/");

  private final KeyRing keys;
  private final RateLimit limit;
  private final DemoRoutes demo;
  private final AdminRoutes admin;
  private final List<Route> routes;

  /// The interface to a desk.
  public RestApi(
      Desk desk, Interventions interventions, KeyRing keys, FaultBoard faults, RateLimit limit) {
    this.keys = keys;
    this.limit = limit;
    this.demo = new DemoRoutes(desk, keys);
    this.admin = new AdminRoutes(desk, interventions, keys, faults);
    this.routes =
        Stream.of(
                new OrderRoutes(desk, faults).routes(),
                new PositionRoutes(desk).routes(),
                new AccountRoutes(desk).routes(),
                new AssetRoutes(desk).routes(),
                new ClockRoutes(desk).routes(),
                new DataRoutes(desk).routes())
            .flatMap(List::stream)
            .toList();
  }

  /// Answers a request.
  public Response answer(Request request) {
    var own = demo.answer(request).or(() -> admin.answer(request));
    return own.isPresent() ? own.get() : answerAccount(request);
  }

  private Response answerAccount(Request request) {
    if (PREFIXES.stream().noneMatch(request.path()::startsWith)) {
      return Response.refused(NOT_FOUND);
    }
    var account = account(keys, request);
    if (account.isEmpty()) {
      return Response.refused(UNAUTHORIZED);
    }
    // Trading and market data are two hosts at the broker, each with a limit of its own.
    var host = DataRoutes.isAbout(request.path()) ? "data" : "trading";
    var decision = limit.take(account.get().name() + " " + host);
    var answer = decision.allowed() ? route(account.get(), request) : Response.refused(TOO_MANY);
    return answer.with(decision.headers());
  }

  static Optional<AccountProfile> account(KeyRing keys, Request request) {
    return keys.account(
        request.header("apca-api-key-id").orElse(null),
        request.header("apca-api-secret-key").orElse(null));
  }

  private Response route(AccountProfile account, Request request) {
    var path = Route.split(request.path());
    boolean pathKnown = false;
    for (var route : routes) {
      var variables = route.match(path);
      if (variables.isPresent() && route.method().equals(request.method())) {
        return answer(route, new Route.Call(account, request, variables.get()));
      }
      pathKnown |= variables.isPresent();
    }
    return Response.refused(pathKnown ? WRONG_METHOD : NOT_FOUND);
  }

  private static Response answer(Route route, Route.Call call) {
    try {
      return route.handler().handle(call);
    } catch (RefusedException e) {
      return Response.refused(e.refusal());
    }
  }
}
