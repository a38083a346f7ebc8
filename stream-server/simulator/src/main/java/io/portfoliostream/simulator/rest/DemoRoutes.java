package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.json.Json;
import java.util.Map;
import java.util.Optional;

/// What the simulator tells about itself and what no broker would: health, and the keys of its demo
/// accounts, the latter only to callers on the same machine.
final class DemoRoutes {
  private static final Refusal LOOPBACK_ONLY =
      new Refusal(403, 40310000, "only callers on this machine are told the demo keys", Map.of());

  private final Desk desk;
  private final KeyRing keys;

  DemoRoutes(Desk desk, KeyRing keys) {
    this.desk = desk;
    this.keys = keys;
  }

  Optional<Response> answer(Request request) {
    if (!request.method().equals("GET")) {
      return Optional.empty();
    }
    return switch (request.path()) {
      case "/simulator/health" -> Optional.of(health());
      case "/simulator/accounts" ->
          Optional.of(request.fromLoopback() ? accounts() : Response.refused(LOOPBACK_ONLY));
      default -> Optional.empty();
    };
  }

  private Response health() {
    return desk.call(exchange ->
        Response.ok(
            Json.object()
                .put("status", "UP")
                .put("accounts", exchange.books().size())
                .put("symbols", exchange.listings().stocks().size())
                .put("time", exchange.now().toString())));
  }

  private Response accounts() {
    var list = Json.array();
    for (var profile : keys.profiles()) {
      list.addObject()
          .put("name", profile.name())
          .put("id", profile.id().toString())
          .put("key", profile.key())
          .put("secret", profile.secret());
    }
    return Response.ok(list);
  }
}
