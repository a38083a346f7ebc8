package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.server.alerts.Distribution;
import io.portfoliostream.server.alerts.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes the figures that alerts are judged by from the meters.
public final class Sampler {
  /// Ends that the user or an administrator wanted.
  static final Set<String> WANTED_ENDS = Set.of("1000", "1001", "1012", "4004", "4005", "4401");

  /// Refusals that are our own fault.
  static final Set<String> FAULTS = Set.of("internal", "unavailable");

  static final String APPLIED = "applied";
  static final String ROUND_TRIP = "roundtrip";
  static final String LIFETIME = "lifetime";
  static final String RETURN = "return";

  /// What is asked of the management listener, or by probes: it says nothing of users.
  private static final Set<String> PROBES = Set.of("/api/health", "/health", "/metrics");

  private static final double MILLIS = 1_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Readings readings;
  private final InstantSource clock;
  private final BooleanSupplier open;
  private final Instant startedAt;
  private final Counter userDays;
  private @Nullable Sample last;

  /// A sampler of the meters in `registry`.
  ///
  /// @param open whether the node takes streams
  public Sampler(MeterRegistry registry, InstantSource clock, BooleanSupplier open) {
    this.readings = new Readings(registry);
    this.clock = clock;
    this.open = open;
    this.startedAt = clock.instant();
    this.userDays =
        Counter.builder("stream.user.days")
            .description("Days that users were connected, added up over the users")
            .register(registry);
  }

  /// The figures now.
  public synchronized Sample sample() {
    var now = clock.instant();
    var sample = new Sample(now, load(), counts(), sources(now), timings());
    if (last != null) {
      var days = (double) Duration.between(last.at(), now).toMillis() / DAY;
      userDays.increment(Math.max(0, days * last.load().users()));
    }
    last = sample;
    return sample;
  }

  private Sample.Load load() {
    return new Sample.Load(
        Math.round(readings.gauge("stream.connections.active")),
        Math.round(readings.gauge("stream.users")),
        Math.round(readings.gauge("stream.symbols")),
        Math.round(readings.gauge("jvm.gc.live.data.size")),
        open.getAsBoolean());
  }

  private Sample.Counts counts() {
    var refusals = readings.count("stream.refusals");
    return new Sample.Counts(
        readings.count("stream.disconnects"),
        readings.count("stream.disconnects", id -> !has(id, "code", WANTED_ENDS)),
        readings.count("stream.frames", id -> has(id, "kind", Set.of("sequenced", "marks"))),
        readings.times("http.server.requests", Sampler::isCall)
            + readings.count("stream.connections.opened")
            + refusals,
        readings.times("http.server.requests", id -> isCall(id) && isFault(id))
            + readings.count("stream.refusals", id -> has(id, "reason", FAULTS)),
        readings.count("stream.messages.received") + readings.count("stream.frames"),
        readings.count("stream.faults") + readings.count("stream.owner.mismatches"));
  }

  private Sample.Sources sources(Instant now) {
    var wanted = readings.gauge("portfolio.market.symbols") > 0;
    var prices = wanted ? sinceLastPrice(now) : 0;
    return new Sample.Sources(
        readings.gauge("portfolio.market.open") > 0,
        Math.max(prices, readings.gauge("portfolio.broker.last.event.age.seconds")));
  }

  /// Before the first price the silence began with the server.
  private double sinceLastPrice(Instant now) {
    var age = readings.gauge("portfolio.market.last.tick.age.seconds");
    return Double.isNaN(age) ? Duration.between(startedAt, now).toMillis() / MILLIS : age;
  }

  private Map<String, Distribution> timings() {
    var timings = new HashMap<String, Distribution>();
    for (var kind : Set.of(Sample.SEQUENCED, Sample.MARKS)) {
      Predicate<Meter.Id> ofKind = id -> kind.equals(id.getTag("kind"));
      timings.put(kind, readings.timing(DeliveryMeters.WRITTEN, ofKind));
      timings.put(toClient(kind), readings.timing(DeliveryMeters.TO_CLIENT, ofKind));
      for (var stage : Set.of("intake", "conflation", "outbox")) {
        timings.put(
            kind + "." + stage,
            readings.timing(
                DeliveryMeters.STAGE, ofKind.and(id -> stage.equals(id.getTag("stage")))));
      }
    }
    timings.put(APPLIED, readings.timing(DeliveryMeters.APPLIED, _ -> true));
    timings.put(ROUND_TRIP, readings.timing("stream.roundtrip", _ -> true));
    timings.put(LIFETIME, readings.timing("stream.connections.lifetime", _ -> true));
    timings.put(RETURN, readings.timing("stream.return", _ -> true));
    return timings;
  }

  static String toClient(String kind) {
    return kind + ".client";
  }

  private static boolean isCall(Meter.Id id) {
    return !has(id, "path", PROBES);
  }

  private static boolean isFault(Meter.Id id) {
    return Objects.requireNonNullElse(id.getTag("status"), "").startsWith("5");
  }

  private static boolean has(Meter.Id id, String tag, Set<String> values) {
    return values.contains(Objects.requireNonNullElse(id.getTag(tag), ""));
  }
}
