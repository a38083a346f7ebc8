package io.portfoliostream.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portfoliostream.protocol.ClientMessage.Report.Rendered;
import io.portfoliostream.server.stream.Delivery;
import io.portfoliostream.server.stream.FrameKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The meters of what it takes to bring a change to a client (REQ-15), as a whole and stage by
/// stage. Histograms have fixed bounds, so those of several nodes add up.
final class DeliveryMeters {
  static final String WRITTEN = "stream.delivery";
  static final String TO_CLIENT = "stream.delivery.client";
  static final String STAGE = "stream.delivery.stage";
  static final String APPLIED = "stream.client.applied";

  private static final List<FrameKind> KINDS = List.of(FrameKind.SEQUENCED, FrameKind.MARKS);

  /// A client's count weighs this much at most.
  private static final int MOST_REPORTED = 1_000;

  private static final Duration SLOWEST_REPORTED = Duration.ofMinutes(10);
  private static final int PERCENT = 100;
  private static final int P95 = 95;
  private static final int P50 = 50;

  private final Map<FrameKind, OfKind> kinds = new EnumMap<>(FrameKind.class);
  private final Timer applied;

  private record OfKind(
      Timer written, Timer toClient, Timer intake, Timer conflation, Timer outbox) {}

  DeliveryMeters(MeterRegistry registry) {
    for (var kind : KINDS) {
      kinds.put(
          kind,
          new OfKind(
              timer(
                  registry,
                  WRITTEN,
                  "From the arrival of the oldest change in a message to its writing",
                  kind),
              timer(registry, TO_CLIENT, "The same plus half the client's round trip", kind),
              stage(registry, kind, "intake"),
              stage(registry, kind, "conflation"),
              stage(registry, kind, "outbox")));
    }
    applied =
        Timer.builder(APPLIED)
            .description("From the server's time of a message to applied, as clients report")
            .serviceLevelObjectives(Buckets.latency())
            .register(registry);
  }

  void delivered(FrameKind kind, Delivery delivery) {
    var timers = kinds.get(kind);
    if (timers == null) {
      return;
    }
    timers.written.record(delivery.total());
    delivery.toClient().ifPresent(timers.toClient::record);
    timers.intake.record(delivery.intake());
    if (kind == FrameKind.MARKS) {
      timers.conflation.record(delivery.conflation());
    }
    timers.outbox.record(delivery.outbox());
  }

  /// Takes a client's percentiles for a histogram: the half below the median is taken for as slow
  /// as the median, what lies between two percentiles for as slow as the upper one. The histogram
  /// is never faster than the truth up to the 99th percentile.
  void reported(Rendered summary) {
    var count = Math.clamp(summary.count(), 0, MOST_REPORTED);
    var half = (count * P50 + PERCENT - 1) / PERCENT;
    var most = Math.max(half, count * P95 / PERCENT);
    record(summary.p50(), half);
    record(summary.p95(), most - half);
    record(summary.p99(), count - most);
  }

  private void record(long millis, int times) {
    var duration = Duration.ofMillis(Math.clamp(millis, 0, SLOWEST_REPORTED.toMillis()));
    for (var time = 0; time < times; time++) {
      applied.record(duration);
    }
  }

  private static Timer stage(MeterRegistry registry, FrameKind kind, String stage) {
    return Timer.builder(STAGE)
        .description("The parts of a delivery: until it is known, in its window, in the outbox")
        .tag("kind", word(kind))
        .tag("stage", stage)
        .serviceLevelObjectives(Buckets.latency())
        .register(registry);
  }

  private static Timer timer(
      MeterRegistry registry, String name, String description, FrameKind kind) {
    return Timer.builder(name)
        .description(description)
        .tag("kind", word(requireNonNull(kind)))
        .serviceLevelObjectives(Buckets.latency())
        .register(registry);
  }

  private static String word(FrameKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
