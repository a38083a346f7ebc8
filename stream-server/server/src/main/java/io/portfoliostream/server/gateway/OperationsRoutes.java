package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Operations;
import io.portfoliostream.server.alerts.Alert;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.bus.Announcement.Disconnect;
import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.gateway.GatewayParts.Steering;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.rollout.RolloutState;
import java.time.InstantSource;
import java.util.List;

/// How administrators steer and watch the server.
record OperationsRoutes(Steering steering, EventBus bus, InstantSource clock) {
  private static final int ALL = 100;

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/admin/realtime")
            .admin("GET", (_, _) -> Answer.ok(realtime(steering.rollout().state())))
            .admin("POST", this::change),
        Resource.at("/api/admin/websocket-stats")
            .admin("GET", (_, _) -> Answer.ok(steering.stats().get())),
        Resource.at("/api/admin/alerts").admin("GET", (_, _) -> Answer.ok(alerts())),
        Resource.at("/api/admin/users/{id}/disconnect")
            .admin("POST", (call, _) -> disconnect(new UserId(call.path("id")))),
        Resource.at("/api/admin/drain")
            .admin("POST", (_, _) -> Answer.accepted(steering.leave().get())));
  }

  private Answer change(Call call, Identity identity) {
    var wish = call.body(Operations.RealtimeWish.class);
    var percent = wish.percent();
    if (wish.enabled() == null && percent == null) {
      throw Refused.invalid("enabled", "or percent must be there");
    }
    if (percent != null && (percent < 0 || percent > ALL)) {
      throw Refused.invalid("percent", "must be from 0 to " + ALL);
    }
    return Answer.ok(realtime(steering.rollout().change(wish.enabled(), percent, identity.user())));
  }

  private Answer disconnect(UserId user) {
    var connections = bus.connections(user);
    bus.announce(new Disconnect(user));
    return Answer.accepted(new Operations.Disconnected(user.value(), connections));
  }

  private Operations.Alerts alerts() {
    return new Operations.Alerts(
        steering.node(),
        clock.instant(),
        steering.alerts().alerts().stream().map(OperationsRoutes::alert).toList());
  }

  private static Operations.Alert alert(Alert alert) {
    var rule = alert.rule();
    return new Operations.Alert(
        rule.word(),
        rule.severity().word(),
        alert.state().word(),
        alert.since(),
        rule.summary(),
        alert.value(),
        rule.threshold());
  }

  private static Operations.Realtime realtime(RolloutState state) {
    return new Operations.Realtime(
        state.rollout().enabled(), state.rollout().percent(), state.changedAt(), state.changedBy());
  }
}
