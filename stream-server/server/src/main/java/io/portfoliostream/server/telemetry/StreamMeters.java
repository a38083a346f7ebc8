package io.portfoliostream.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.FrameKind;
import io.portfoliostream.server.stream.StreamMetrics;
import io.portfoliostream.server.stream.StreamStats;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// The meters of the streams (REQ-14, REQ-15). No tag has a value that a client can choose.
///
/// Safe for any number of threads.
public final class StreamMeters implements StreamMetrics {
  private static final Set<Integer> NAMED_CODES =
      Set.of(
          1000, 1001, 1002, 1003, 1005, 1006, 1007, 1009, 1011, 1012, 4001, 4002, 4003, 4004, 4005,
          4400, 4401);

  /// The words that clients of this product use.
  private static final Set<String> FALLBACKS =
      Set.of("attempts_exhausted", "realtime_disabled", "connection_limit", "protocol_error");

  private static final long MOST_DRIFT = 1_000;

  private final MeterRegistry registry;
  private final AtomicInteger active = new AtomicInteger();
  private final Map<FrameKind, Counter> frames = new EnumMap<>(FrameKind.class);
  private final Map<FrameKind, Counter> bytes = new EnumMap<>(FrameKind.class);
  private final Map<FrameKind, Timer> deliveries = new EnumMap<>(FrameKind.class);
  private final Map<String, Counter> disconnects = new ConcurrentHashMap<>();
  private final Counter opened;
  private final Timer lifetimes;
  private final Timer roundTrips;
  private final Counter changes;
  private final Counter updates;
  private final Counter slowConsumers;
  private final Counter replays;
  private final Counter snapshots;
  private final Counter mismatches;
  private final Counter malformed;
  private final Counter gaps;
  private final Counter drift;

  /// Meters in `registry`.
  public StreamMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("stream.connections.active", active, AtomicInteger::doubleValue)
        .description("Open connections")
        .register(registry);
    for (var kind : FrameKind.values()) {
      frames.put(kind, ofKind("stream.frames", "Text frames written", kind));
      bytes.put(kind, ofKind("stream.bytes", "Bytes of text written", kind));
      deliveries.put(
          kind,
          Timer.builder("stream.delivery")
              .description("From the arrival of the oldest change in a message to its writing")
              .tag("kind", word(kind))
              .serviceLevelObjectives(Buckets.latency())
              .register(registry));
    }
    opened = counter("stream.connections.opened", "Connections that were opened");
    lifetimes =
        Timer.builder("stream.connections.lifetime")
            .description("How long connections lived")
            .serviceLevelObjectives(Buckets.lifetime())
            .register(registry);
    roundTrips =
        Timer.builder("stream.roundtrip")
            .description("From a ping to its answer")
            .serviceLevelObjectives(Buckets.latency())
            .register(registry);
    changes = counter("stream.conflation.changes", "Price changes of held symbols");
    updates = counter("stream.conflation.updates", "Position updates made of them");
    slowConsumers = counter("stream.slow.consumers", "Clients that read too slowly");
    replays = answers("replay");
    snapshots = answers("snapshot");
    mismatches = counter("stream.owner.mismatches", "Frames stopped before the wrong user");
    malformed = counter("stream.malformed", "Texts from clients that are no messages");
    gaps = counter("stream.gaps.filled", "Holes in the numbers that were read from the log");
    drift = counter("stream.client.drift", "Differences that clients found and repaired");
  }

  /// Shows what the streams hold whenever the meters are read.
  public void show(Supplier<StreamStats> stats) {
    gauge("stream.users", "Users with a connection", stats, StreamStats::users);
    gauge("stream.outbox.bytes", "Waiting in all outboxes", stats, StreamStats::waitingBytes);
    gauge(
        "stream.outbox.largest.bytes",
        "Waiting in the fullest outbox",
        stats,
        StreamStats::largestOutbox);
    gauge("stream.symbols", "Symbols that connected users hold", stats, StreamStats::symbols);
  }

  /// An upgrade was refused.
  ///
  /// @param reason the problem's code
  public void refused(String reason) {
    Counter.builder("stream.refusals")
        .description("Upgrades that were refused")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  @Override
  public void opened() {
    active.incrementAndGet();
    opened.increment();
  }

  @Override
  public void closed(int code, Duration lived) {
    active.decrementAndGet();
    disconnects.computeIfAbsent(word(code), this::disconnects).increment();
    lifetimes.record(lived);
  }

  @Override
  public void written(FrameKind kind, int size) {
    counterOf(frames, kind).increment();
    counterOf(bytes, kind).increment(size);
  }

  @Override
  public void delivered(FrameKind kind, Duration sinceArrival) {
    var timer = deliveries.get(kind);
    if (timer != null) {
      timer.record(sinceArrival.isNegative() ? Duration.ZERO : sinceArrival);
    }
  }

  @Override
  public void conflated(long changed, int updated) {
    changes.increment((double) changed);
    updates.increment(updated);
  }

  @Override
  public void slowConsumer() {
    slowConsumers.increment();
  }

  @Override
  public void answered(boolean replayed) {
    (replayed ? replays : snapshots).increment();
  }

  @Override
  public void ownerMismatch() {
    mismatches.increment();
  }

  @Override
  public void malformed() {
    malformed.increment();
  }

  @Override
  public void roundTrip(Duration duration) {
    roundTrips.record(duration);
  }

  @Override
  public void reported(UserId user, Report report) {
    var rendered = report.rendered();
    if (rendered != null && rendered.count() > 0) {
      rendered("0.5", rendered.p50());
      rendered("0.95", rendered.p95());
      rendered("0.99", rendered.p99());
    }
    if (report.drift() != null) {
      drift.increment((double) Math.clamp(report.drift(), 0, MOST_DRIFT));
    }
    if (report.fallback() != null) {
      fallback(FALLBACKS.contains(report.fallback()) ? report.fallback() : "other");
    }
  }

  @Override
  public void gapFilled() {
    gaps.increment();
  }

  private void rendered(String quantile, long millis) {
    DistributionSummary.builder("stream.client.rendered")
        .description("What clients report: from the server's time of a message to applied")
        .baseUnit("milliseconds")
        .tag("reported", quantile)
        .register(registry)
        .record((double) Math.clamp(millis, 0, Duration.ofMinutes(10).toMillis()));
  }

  private void fallback(String reason) {
    Counter.builder("stream.client.fallbacks")
        .description("Times that clients fell back to polling")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Counter ofKind(String name, String description, FrameKind kind) {
    return Counter.builder(name)
        .description(description)
        .tag("kind", word(kind))
        .register(registry);
  }

  private Counter answers(String how) {
    return Counter.builder("stream.answers")
        .description("Whole views given to clients")
        .tag("by", how)
        .register(registry);
  }

  private Counter disconnects(String code) {
    return Counter.builder("stream.disconnects")
        .description("Connections that ended")
        .tag("code", code)
        .register(registry);
  }

  private void gauge(
      String name,
      String description,
      Supplier<StreamStats> stats,
      ToDoubleFunction<StreamStats> value) {
    Gauge.builder(name, () -> value.applyAsDouble(stats.get()))
        .description(description)
        .register(registry);
  }

  private static Counter counterOf(Map<FrameKind, Counter> counters, FrameKind kind) {
    return requireNonNull(counters.get(kind));
  }

  private static String word(FrameKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String word(int code) {
    return NAMED_CODES.contains(code) ? Integer.toString(code) : "other";
  }
}
