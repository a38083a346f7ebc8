package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.protocol.Operations;
import io.portfoliostream.server.alerts.AlertBoard;
import io.portfoliostream.server.alerts.Distribution;
import io.portfoliostream.server.alerts.History.Span;
import io.portfoliostream.server.alerts.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers `GET /api/admin/websocket-stats`: what the meters say, and what they said lately.
public final class StatsDesk {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<String> KINDS = List.of(Sample.SEQUENCED, Sample.MARKS);

  private final String node;
  private final Readings readings;
  private final Supplier<Sample> now;
  private final AlertBoard board;

  /// A desk that reads the meters in `registry`.
  ///
  /// @param now the figures at this moment
  /// @param board keeps the figures of the past
  public StatsDesk(String node, MeterRegistry registry, Supplier<Sample> now, AlertBoard board) {
    this.node = node;
    this.readings = new Readings(registry);
    this.now = now;
    this.board = board;
  }

  /// The figures now.
  public Operations.Stats stats() {
    var newest = now.get();
    var recent = since(WINDOW, newest);
    return new Operations.Stats(
        node,
        newest.at(),
        recent.length().toSeconds(),
        connections(recent),
        delivery(recent),
        messages(),
        new Operations.Outboxes(
            whole("stream.outbox.bytes"),
            whole("stream.outbox.largest.bytes"),
            readings.count("stream.slow.consumers")),
        clients(),
        sources(newest),
        memory(newest),
        cohorts());
  }

  /// From where the history had it, or from the start.
  private Span since(Duration length, Sample newest) {
    var oldest =
        board.history().last(length.minus(sinceLastSample(newest))).map(Span::from).orElse(newest);
    return new Span(oldest, newest);
  }

  private Duration sinceLastSample(Sample newest) {
    return board
        .history()
        .last(Duration.ZERO)
        .map(last -> Duration.between(last.to().at(), newest.at()))
        .orElse(Duration.ZERO);
  }

  private Operations.Connections connections(Span recent) {
    var lastMinute = since(MINUTE, recent.to());
    var opened = readings.count("stream.connections.opened");
    var refusals = readings.counts("stream.refusals", "reason");
    var refused = refusals.values().stream().mapToLong(Long::longValue).sum();
    return new Operations.Connections(
        whole("stream.connections.active"),
        whole("stream.users"),
        opened,
        readings.counts("stream.disconnects", "code"),
        lastMinute.to().counts().disconnects() - lastMinute.from().counts().disconnects(),
        lastMinute.to().counts().unexpectedDisconnects()
            - lastMinute.from().counts().unexpectedDisconnects(),
        perUserAndDay(recent.to()),
        refusals,
        part(opened, opened + refused),
        timing(recent.timing(Sampler.LIFETIME)),
        reconnects(recent));
  }

  /// The specification's "disconnects/user/day": users are measured in the time that they were
  /// connected.
  private @Nullable Double perUserAndDay(Sample newest) {
    var userDays = readings.total("stream.user.days", _ -> true);
    return userDays > 0 ? newest.counts().unexpectedDisconnects() / userDays : null;
  }

  private Operations.Reconnects reconnects(Span recent) {
    var returns = readings.counts("stream.returns", "outcome");
    var inTime = returns.getOrDefault("in_time", 0L);
    var tooLate = returns.getOrDefault("too_late", 0L);
    return new Operations.Reconnects(
        inTime, tooLate, part(inTime, inTime + tooLate), timing(recent.timing(Sampler.RETURN)));
  }

  private static Operations.Delivery delivery(Span recent) {
    var written = new TreeMap<String, Operations.Timing>();
    var client = new TreeMap<String, Operations.Timing>();
    var stages = new TreeMap<String, Operations.Timing>();
    for (var kind : KINDS) {
      written.put(kind, timing(recent.timing(kind)));
      client.put(kind, timing(recent.timing(Sampler.toClient(kind))));
      for (var stage : List.of("intake", "conflation", "outbox")) {
        stages.put(kind + "." + stage, timing(recent.timing(kind + "." + stage)));
      }
    }
    return new Operations.Delivery(
        written,
        client,
        timing(recent.timing(Sampler.APPLIED)),
        timing(recent.timing(Sampler.ROUND_TRIP)),
        stages);
  }

  private Operations.Messages messages() {
    var changes = readings.count("stream.conflation.changes");
    var updates = readings.count("stream.conflation.updates");
    var answers = readings.counts("stream.answers", "by");
    return new Operations.Messages(
        readings.counts("stream.frames", "kind"),
        readings.counts("stream.bytes", "kind"),
        readings.count("stream.messages.received"),
        readings.count("stream.malformed"),
        changes,
        updates,
        part(changes, updates),
        answers.getOrDefault("replay", 0L),
        answers.getOrDefault("snapshot", 0L),
        readings.count("stream.gaps.filled"),
        readings.count("stream.owner.mismatches"),
        readings.count("stream.faults"));
  }

  private Operations.Clients clients() {
    var fallbacks = readings.counts("stream.client.fallbacks", "reason");
    var all = fallbacks.values().stream().mapToLong(Long::longValue).sum();
    return new Operations.Clients(
        readings.count("stream.client.drift"),
        fallbacks,
        part(all, readings.count("stream.connections.opened")));
  }

  private Operations.Sources sources(Sample newest) {
    var age = readings.gauge("portfolio.market.last.tick.age.seconds");
    return new Operations.Sources(
        newest.sources().marketOpen(),
        readings.gauge("portfolio.broker.last.event.age.seconds"),
        readings.gauge("portfolio.broker.silence.seconds"),
        Double.isNaN(age) ? null : age,
        readings.count("portfolio.drift"),
        whole("portfolio.queue.waiting"),
        whole("portfolio.queue.failed"),
        whole("portfolio.queue.oldest.seconds"));
  }

  private Operations.Memory memory(Sample newest) {
    var live = newest.load().liveBytes();
    return new Operations.Memory(
        heap("jvm.memory.used"), heap("jvm.memory.max"), live == 0 ? null : live);
  }

  private long heap(String name) {
    return Math.round(readings.gauge(name, id -> Objects.equals(id.getTag("area"), "heap")));
  }

  private Operations.Cohorts cohorts() {
    var requests = readings.counts("portfolio.cohort.requests", "cohort");
    return new Operations.Cohorts(
        readings.gauge("portfolio.realtime.enabled") > 0,
        (int) whole("portfolio.realtime.percent"),
        users("streaming"),
        users("polling"),
        requests.getOrDefault("streaming", 0L),
        requests.getOrDefault("polling", 0L));
  }

  private long users(String cohort) {
    return Math.round(
        readings.gauge("portfolio.cohort.users", id -> cohort.equals(id.getTag("cohort"))));
  }

  private long whole(String gauge) {
    return Math.round(readings.gauge(gauge));
  }

  private static @Nullable Double part(long some, long all) {
    return all == 0 ? null : (double) some / all;
  }

  private static Operations.Timing timing(Distribution distribution) {
    return new Operations.Timing(
        distribution.count(),
        figure(distribution.quantile(0.5)),
        figure(distribution.quantile(0.95)),
        figure(distribution.quantile(0.99)));
  }

  private static @Nullable Double figure(OptionalDouble quantile) {
    return quantile.isPresent() ? (Double) quantile.getAsDouble() : null;
  }
}
