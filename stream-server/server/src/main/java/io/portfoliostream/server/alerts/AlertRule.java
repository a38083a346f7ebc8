package io.portfoliostream.server.alerts;

import io.portfoliostream.server.alerts.Sample.Load;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// An alert of the specification: a figure, and the threshold above which it fires.
///
/// `config/prometheus` has the same rules under the same names, over all nodes together.
public enum AlertRule {
  /// REQ-14, risk 1.
  DISCONNECT_RATE(
      "connections ended within a minute that neither users nor administrators ended",
      Severity.CRITICAL,
      10),
  /// REQ-15, risk 2.
  DELIVERY_LATENCY(
      "milliseconds within which 95 % of the messages of five minutes were written",
      Severity.WARNING, 1_000),
  /// The specification's alert for a crash.
  CONNECTIONS_DROPPED(
      "part of the connections of the last minute that is gone", Severity.CRITICAL, 0.5),
  /// The specification's alert for a system problem.
  ERROR_RATE(
      "part of the messages or requests of five minutes that ended in our own fault",
      Severity.CRITICAL,
      0.05),
  /// The specification's alert for a stream that is down.
  NO_EVENTS(
      "seconds of market hours without a message to users who hold something",
      Severity.CRITICAL,
      300),
  /// Risk 5.
  BROKER_SILENT("seconds of market hours since the broker was last heard", Severity.CRITICAL, 120),
  /// Risk 3.
  CONNECTIONS_GROWING(
      "connections after half an hour for each one before, with the same users",
      Severity.WARNING,
      1.25),
  /// Risk 3.
  MEMORY_GROWING(
      "live memory per connection after half an hour for each byte before, with the same users",
      Severity.WARNING,
      1.25);

  private final String summary;
  private final Severity severity;
  private final double threshold;

  AlertRule(String summary, Severity severity, double threshold) {
    this.summary = summary;
    this.severity = severity;
    this.threshold = threshold;
  }

  /// How bad it is.
  public enum Severity {
    /// Someone should look at it today.
    WARNING,
    /// Users suffer now.
    CRITICAL;

    /// The word on the wire.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The word on the wire.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What the figure is.
  public String summary() {
    return summary;
  }

  /// How bad it is when it fires.
  public Severity severity() {
    return severity;
  }

  /// Fires above.
  public double threshold() {
    return threshold;
  }

  /// The figure now; empty while it cannot be told.
  OptionalDouble figure(History history) {
    return switch (this) {
      case DISCONNECT_RATE -> Figures.disconnects(history);
      case DELIVERY_LATENCY -> Figures.latency(history);
      case CONNECTIONS_DROPPED -> Figures.dropped(history);
      case ERROR_RATE -> Figures.errors(history);
      case NO_EVENTS -> Figures.eventless(history);
      case BROKER_SILENT -> Figures.silence(history);
      case CONNECTIONS_GROWING -> Figures.moreConnections(history);
      case MEMORY_GROWING -> Figures.moreMemory(history);
    };
  }

  /// How the figures are made of the samples.
  private static final class Figures {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final double P95 = 0.95;
    private static final double MILLIS = 1_000;

    /// Below these a part says nothing.
    private static final long FEW = 20;

    private static final long FEW_CONNECTIONS = 10;
    private static final long LITTLE_BYTES = 50L * 1024 * 1024;

    private static OptionalDouble disconnects(History history) {
      return history
          .last(MINUTE)
          .map(span ->
              OptionalDouble.of(
                  (double)
                      (span.to().counts().unexpectedDisconnects()
                          - span.from().counts().unexpectedDisconnects())))
          .orElse(OptionalDouble.empty());
    }

    /// Of numbered events or of prices, whichever is slower.
    private static OptionalDouble latency(History history) {
      var span = history.last(FIVE_MINUTES);
      if (span.isEmpty()) {
        return OptionalDouble.empty();
      }
      return slower(p95(span.get().timing(Sample.SEQUENCED)), p95(span.get().timing(Sample.MARKS)));
    }

    private static OptionalDouble p95(Distribution timing) {
      return timing.count() < FEW ? OptionalDouble.empty() : timing.quantile(P95);
    }

    private static OptionalDouble slower(OptionalDouble one, OptionalDouble other) {
      if (one.isEmpty() || other.isEmpty()) {
        return one.isEmpty() ? other : one;
      }
      return one.getAsDouble() < other.getAsDouble() ? other : one;
    }

    private static OptionalDouble dropped(History history) {
      var samples = history.samples(MINUTE);
      if (samples.isEmpty() || !samples.getFirst().load().open()) {
        return OptionalDouble.empty();
      }
      var most = samples.stream().mapToLong(each -> each.load().connections()).max().orElse(0);
      var now = samples.getFirst().load().connections();
      return most < FEW_CONNECTIONS
          ? OptionalDouble.empty()
          : OptionalDouble.of(1 - (double) now / most);
    }

    /// Of requests or of messages, whichever is worse: the many messages must not hide what happens
    /// to the few requests.
    private static OptionalDouble errors(History history) {
      var span = history.last(FIVE_MINUTES);
      if (span.isEmpty()) {
        return OptionalDouble.empty();
      }
      var from = span.get().from().counts();
      var to = span.get().to().counts();
      return slower(
          part(to.requestFaults() - from.requestFaults(), to.requests() - from.requests()),
          part(to.messageFaults() - from.messageFaults(), to.messages() - from.messages()));
    }

    private static OptionalDouble part(long some, long all) {
      return all < FEW ? OptionalDouble.empty() : OptionalDouble.of((double) some / all);
    }

    /// Only what lies within market hours counts, and only while there is someone to tell.
    private static OptionalDouble eventless(History history) {
      var samples = history.samples(History.KEPT);
      if (samples.isEmpty()) {
        return OptionalDouble.empty();
      }
      var newest = samples.getFirst();
      var since = newest.at();
      for (var each : samples) {
        if (!each.sources().marketOpen()
            || each.load().symbols() == 0
            || !each.load().open()
            || each.counts().events() != newest.counts().events()) {
          break;
        }
        since = each.at();
      }
      return OptionalDouble.of(seconds(Duration.between(since, newest.at())));
    }

    /// At the opening bell nothing is late yet: what counts is the silence since then.
    private static OptionalDouble silence(History history) {
      var samples = history.samples(FIVE_MINUTES);
      if (samples.isEmpty() || !samples.getFirst().sources().marketOpen()) {
        return OptionalDouble.empty();
      }
      var newest = samples.getFirst();
      var openSince = newest.at();
      for (var each : samples) {
        if (!each.sources().marketOpen()) {
          break;
        }
        openSince = each.at();
      }
      return OptionalDouble.of(
          Math.min(
              newest.sources().silenceSeconds(),
              seconds(Duration.between(openSince, newest.at()))));
    }

    private static OptionalDouble moreConnections(History history) {
      return steadySpan(history)
          .filter(span -> span.from().load().connections() >= FEW_CONNECTIONS)
          .map(span ->
              OptionalDouble.of(
                  (double) span.to().load().connections() / span.from().load().connections()))
          .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble moreMemory(History history) {
      return steadySpan(history)
          .map(span -> growth(span.from().load(), span.to().load()))
          .orElse(OptionalDouble.empty());
    }

    /// Fewer connections do not make each of them larger: then the memory as a whole is compared.
    private static OptionalDouble growth(Load from, Load to) {
      if (from.liveBytes() == 0 || from.connections() == 0) {
        return OptionalDouble.empty();
      }
      if (to.liveBytes() - from.liveBytes() < LITTLE_BYTES) {
        return OptionalDouble.of(1);
      }
      var connections = (double) Math.max(from.connections(), to.connections());
      return OptionalDouble.of(
          to.liveBytes() / connections * from.connections() / from.liveBytes());
    }

    /// Half an hour at whose ends there are as many users, give or take a tenth.
    private static Optional<History.Span> steadySpan(History history) {
      return history
          .last(History.KEPT)
          .filter(span -> span.length().compareTo(History.KEPT) >= 0)
          .filter(span -> isSteady(span.from().load().users(), span.to().load().users()));
    }

    private static boolean isSteady(long before, long after) {
      return before > 0 && Math.abs(after - before) * 10 <= before;
    }

    private static double seconds(Duration duration) {
      return duration.toMillis() / MILLIS;
    }
  }
}
