package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.rollout.RolloutSwitch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of the roll-out: how far it is, and what each cohort asks of the server. The cohorts
/// are the users who may stream and those who have to poll.
///
/// Safe for any number of threads.
public final class RolloutMeters {
  /// A streaming client compares itself by REST every minute, a polling one asks every few seconds.
  private static final Duration ACTIVE = Duration.ofMinutes(2);

  private final RolloutSwitch rollout;
  private final InstantSource clock;
  private final Map<UserId, Instant> seen = new ConcurrentHashMap<>();
  private final Counter streaming;
  private final Counter polling;

  /// Meters in `registry`.
  public RolloutMeters(MeterRegistry registry, RolloutSwitch rollout, InstantSource clock) {
    this.rollout = rollout;
    this.clock = clock;
    this.streaming = requests(registry, "streaming");
    this.polling = requests(registry, "polling");
    Gauge.builder("portfolio.realtime.enabled", () -> rollout.state().rollout().enabled() ? 1 : 0)
        .description("Whether real time is on")
        .register(registry);
    Gauge.builder("portfolio.realtime.percent", () -> rollout.state().rollout().percent())
        .description("Users who may stream while real time is on, in percent")
        .register(registry);
    users(registry, "streaming", true);
    users(registry, "polling", false);
  }

  /// A user asked for something, or opened a stream.
  public void asked(UserId user) {
    seen.put(user, clock.instant());
    (rollout.admits(user) ? streaming : polling).increment();
  }

  /// How many users of a cohort asked for something lately.
  public long active(boolean mayStream) {
    var since = clock.instant().minus(ACTIVE);
    seen.values().removeIf(at -> at.isBefore(since));
    return seen.keySet().stream().filter(user -> rollout.admits(user) == mayStream).count();
  }

  private void users(MeterRegistry registry, String cohort, boolean mayStream) {
    Gauge.builder("portfolio.cohort.users", () -> active(mayStream))
        .description("Users who asked for something within two minutes")
        .tag("cohort", cohort)
        .register(registry);
  }

  private static Counter requests(MeterRegistry registry, String cohort) {
    return Counter.builder("portfolio.cohort.requests")
        .description("REST calls and upgrades of signed-in users")
        .tag("cohort", cohort)
        .register(registry);
  }
}
