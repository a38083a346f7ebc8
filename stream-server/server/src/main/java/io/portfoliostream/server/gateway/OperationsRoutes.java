package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Operations;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.rollout.RolloutState;
import io.portfoliostream.server.rollout.RolloutSwitch;
import java.util.List;

/// How administrators steer and watch the server.
record OperationsRoutes(RolloutSwitch rollout) {
  private static final int ALL = 100;

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/admin/realtime")
            .admin("GET", (_, _) -> Answer.ok(realtime(rollout.state())))
            .admin("POST", this::change));
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
    return Answer.ok(realtime(rollout.change(wish.enabled(), percent, identity.user())));
  }

  private static Operations.Realtime realtime(RolloutState state) {
    return new Operations.Realtime(
        state.rollout().enabled(),
        state.rollout().percent(),
        state.changedAt(),
        state.changedBy());
  }
}
