package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Rest;
import io.portfoliostream.protocol.Rest.StreamStatus;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.OpenConnection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// How the server does, and how the own streams do.
///
/// @param draining whether the node is shutting down
record StatusRoutes(
    Supplier<Rest.Health> health,
    BooleanSupplier draining,
    Predicate<UserId> realtime,
    int connectionLimit,
    Function<UserId, List<OpenConnection>> connections) {

  List<Resource> resources() {
    return List.of(healthResource("/api/health"), streams());
  }

  /// Needs no login; 503 while the node is shutting down, so that no new client is sent to it.
  Resource healthResource(String path) {
    return Resource.at(path).open("GET", _ -> currentHealth());
  }

  private Answer currentHealth() {
    var now = health.get();
    if (!draining.getAsBoolean()) {
      return Answer.ok(now);
    }
    var leaving =
        new Rest.Health(
            "draining", now.realtime(), now.broker(), now.database(), now.bus(), now.version());
    return Answer.ok(leaving).as(503);
  }

  private Resource streams() {
    return Resource.at("/api/stream/status").own("GET", this::status);
  }

  private Answer status(Call call, Identity identity) {
    var user = identity.user();
    var open = connections.apply(user).stream().map(StatusRoutes::connection).toList();
    return Answer.ok(new StreamStatus(realtime.test(user), connectionLimit, open));
  }

  private static StreamStatus.Connection connection(OpenConnection open) {
    var client = open.client();
    return new StreamStatus.Connection(client.connectionId(), open.since(), client.address());
  }
}
