package io.portfoliostream.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Delivery;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  private static final Set<String> REFUSALS =
      Set.of(
          "unauthenticated",
          "origin_not_allowed",
          "connection_limit",
          "connect_rate",
          "realtime_disabled",
          "unavailable",
          "draining",
          "internal");

  private static final String OTHER = "other";
  private static final long MOST_DRIFT = 1_000;

  private final MeterRegistry registry;
  private final AtomicInteger active = new AtomicInteger();
  private final Map<FrameKind, Counter> frames = new EnumMap<>(FrameKind.class);
  private final Map<FrameKind, Counter> bytes = new EnumMap<>(FrameKind.class);
  private final Map<String, Counter> disconnects = new ConcurrentHashMap<>();
  private final DeliveryMeters deliveries;
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
  private final Counter received;
  private final Counter faults;
  private final Counter returnedInTime;
  private final Counter returnedTooLate;
  private final Timer returns;

  /// Meters in `registry`.
  public StreamMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("stream.connections.active", active, AtomicInteger::doubleValue)
        .description("Open connections")
        .register(registry);
    for (var kind : FrameKind.values()) {
      frames.put(kind, ofKind("stream.frames", "Text frames written", kind));
      bytes.put(kind, ofKind("stream.bytes", "Bytes of text written", kind));
    }
    deliveries = new DeliveryMeters(registry);
    opened = counter("stream.connections.opened", "Connections that were opened");
    lifetimes =
        timer("stream.connections.lifetime", "How long connections lived", Buckets.lifetime());
    roundTrips = timer("stream.roundtrip", "From a ping to its answer", Buckets.latency());
    changes = counter("stream.conflation.changes", "Price changes of held symbols");
    updates = counter("stream.conflation.updates", "Position updates made of them");
    slowConsumers = counter("stream.slow.consumers", "Clients that read too slowly");
    replays = answers("replay");
    snapshots = answers("snapshot");
    mismatches = counter("stream.owner.mismatches", "Frames stopped before the wrong user");
    malformed = counter("stream.malformed", "Texts from clients that are no messages");
    gaps = counter("stream.gaps.filled", "Holes in the numbers that were read from the log");
    drift = counter("stream.client.drift", "Differences that clients found and repaired");
    received = counter("stream.messages.received", "Texts from clients");
    faults = counter("stream.faults", "What failed by our own fault");
    returnedInTime = returns("in_time");
    returnedTooLate = returns("too_late");
    returns =
        timer(
            "stream.return",
            "How long clients were away that came back within 30 s",
            Buckets.absence());
    beginAtZero();
  }

  /// What did not happen yet is zero, not absent: only then its first time is seen as a rise.
  private void beginAtZero() {
    Stream.concat(NAMED_CODES.stream().map(StreamMeters::word), Stream.of(OTHER))
        .forEach(code -> disconnects.put(code, disconnects(code)));
    REFUSALS.forEach(this::refusals);
    Stream.concat(FALLBACKS.stream(), Stream.of(OTHER)).forEach(this::fallbacks);
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
    refusals(reason).increment();
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
  public void delivered(FrameKind kind, Delivery delivery) {
    deliveries.delivered(kind, delivery);
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
      deliveries.reported(rendered);
    }
    if (report.drift() != null) {
      drift.increment((double) Math.clamp(report.drift(), 0, MOST_DRIFT));
    }
    if (report.fallback() != null) {
      fallbacks(FALLBACKS.contains(report.fallback()) ? report.fallback() : OTHER).increment();
    }
  }

  @Override
  public void received() {
    received.increment();
  }

  @Override
  public void failed() {
    faults.increment();
  }

  @Override
  public void returned(@Nullable Duration after) {
    returnedInTime.increment();
    if (after != null) {
      returns.record(after);
    }
  }

  @Override
  public void stayedAway() {
    returnedTooLate.increment();
  }

  @Override
  public void gapFilled() {
    gaps.increment();
  }

  private Counter refusals(String reason) {
    return Counter.builder("stream.refusals")
        .description("Upgrades that were refused")
        .tag("reason", reason)
        .register(registry);
  }

  private Counter fallbacks(String reason) {
    return Counter.builder("stream.client.fallbacks")
        .description("Times that clients fell back to polling")
        .tag("reason", reason)
        .register(registry);
  }

  private Timer timer(String name, String description, Duration[] buckets) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .register(registry);
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

  private Counter returns(String outcome) {
    return Counter.builder("stream.returns")
        .description("Clients whose connection was lost, by whether they came back within 30 s")
        .tag("outcome", outcome)
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
    return NAMED_CODES.contains(code) ? Integer.toString(code) : OTHER;
  }
}
