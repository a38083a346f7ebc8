package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// How a client behaves; the defaults are those of the protocol.
///
/// @param server where the server listens, `http` or `https`, without a path
/// @param requestTimeout how long a REST call may take as a whole
/// @param tradesKept executions kept in the view
public record ClientSettings(
    URI server,
    Retry retry,
    Fallback fallback,
    Checks checks,
    Duration requestTimeout,
    int tradesKept) {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final int TRADES_KEPT = 500;

  /// Refuses settings that make no sense.
  public ClientSettings {
    requireNonNull(server, "server");
    var scheme = server.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("server must be http or https: " + server);
    }
    if (server.getHost() == null || server.getUserInfo() != null) {
      throw new IllegalArgumentException("server must name a host and no user");
    }
    requireNonNull(retry, "retry");
    requireNonNull(fallback, "fallback");
    requireNonNull(checks, "checks");
    positive(requestTimeout, "requestTimeout");
    atLeastOne(tradesKept, "tradesKept");
  }

  /// The protocol's own figures, for the server at `server`.
  public static ClientSettings of(URI server) {
    return new ClientSettings(
        server, Retry.DEFAULT, Fallback.DEFAULT, Checks.DEFAULT, REQUEST_TIMEOUT, TRADES_KEPT);
  }

  /// The same with other rules for coming back.
  public ClientSettings withRetry(Retry value) {
    return new ClientSettings(server, value, fallback, checks, requestTimeout, tradesKept);
  }

  /// The same with other rules for polling.
  public ClientSettings withFallback(Fallback value) {
    return new ClientSettings(server, retry, value, checks, requestTimeout, tradesKept);
  }

  /// The same with other checks of a live connection.
  public ClientSettings withChecks(Checks value) {
    return new ClientSettings(server, retry, fallback, value, requestTimeout, tradesKept);
  }

  /// The same with another bound on a REST call.
  public ClientSettings withRequestTimeout(Duration value) {
    return new ClientSettings(server, retry, fallback, checks, value, tradesKept);
  }

  /// The same with another number of executions in the view.
  public ClientSettings withTradesKept(int value) {
    return new ClientSettings(server, retry, fallback, checks, requestTimeout, value);
  }

  /// The same life, `divisor` times faster: every wait of [Retry], [Fallback] and [Checks] is
  /// divided, but not how long an answer may take. For tests that cannot wait.
  public ClientSettings fasterBy(int divisor) {
    return withRetry(retry.fasterBy(divisor))
        .withFallback(fallback.fasterBy(divisor))
        .withChecks(checks.fasterBy(divisor));
  }

  /// How a client comes back.
  ///
  /// @param backoff the ladder: base of the wait before retry 1, 2, 3 …; the last one repeats. The
  ///   wait itself is random in [base/2, base]
  /// @param attempts retries before the client falls back to polling
  /// @param attemptTimeout how long one attempt may take to be live; also bounds any answer that a
  ///   live connection waits for
  /// @param stableAfter how long a connection must live to forget the failures before it
  /// @param healthProbe interval of `GET /api/health` while not live, ±10 %
  /// @param wakeWithin an attempt follows within this random time when the server turns well
  public record Retry(
      List<Duration> backoff,
      int attempts,
      Duration attemptTimeout,
      Duration stableAfter,
      Duration healthProbe,
      Duration wakeWithin) {
    static final Retry DEFAULT =
        new Retry(
            List.of(seconds(1), seconds(2), seconds(4), seconds(8), seconds(16), seconds(30)),
            10,
            seconds(10),
            seconds(10),
            seconds(2),
            seconds(1));

    /// Refuses rules that make no sense.
    public Retry {
      backoff = List.copyOf(backoff);
      if (backoff.isEmpty()) {
        throw new IllegalArgumentException("backoff is empty");
      }
      backoff.forEach(base -> positive(base, "backoff"));
      atLeastOne(attempts, "attempts");
      positive(attemptTimeout, "attemptTimeout");
      positive(stableAfter, "stableAfter");
      positive(healthProbe, "healthProbe");
      positive(wakeWithin, "wakeWithin");
    }

    /// The base of the wait before retry number `retry`, counted from 1.
    Duration base(int retry) {
      return backoff.get(Math.min(retry, backoff.size()) - 1);
    }

    private Retry fasterBy(int divisor) {
      return new Retry(
          backoff.stream().map(base -> base.dividedBy(divisor)).toList(),
          attempts,
          attemptTimeout,
          stableAfter.dividedBy(divisor),
          healthProbe.dividedBy(divisor),
          wakeWithin.dividedBy(divisor));
    }
  }

  /// How a client polls.
  ///
  /// @param poll interval, ±10 %; the first poll comes after a random part of it
  /// @param slowestPoll ceiling of the interval while polls fail
  /// @param attempt interval of attempts to stream again, ±10 %
  /// @param statusPoll interval of `GET /api/stream/status` while real time is disabled, ±10 %
  public record Fallback(
      Duration poll, Duration slowestPoll, Duration attempt, Duration statusPoll) {
    static final Fallback DEFAULT = new Fallback(seconds(5), seconds(30), seconds(30), seconds(5));

    /// Refuses rules that make no sense.
    public Fallback {
      positive(poll, "poll");
      positive(slowestPoll, "slowestPoll");
      positive(attempt, "attempt");
      positive(statusPoll, "statusPoll");
    }

    private Fallback fasterBy(int divisor) {
      return new Fallback(
          poll.dividedBy(divisor),
          slowestPoll.dividedBy(divisor),
          attempt.dividedBy(divisor),
          statusPoll.dividedBy(divisor));
    }
  }

  /// How a client makes sure that what is live is right.
  ///
  /// @param reconcile interval of the comparison with REST
  /// @param streamLag how long a comparison waits for a stream that is behind REST
  /// @param silence a connection that says nothing for so long is lost
  /// @param ping interval of the client's own pings, for latency figures
  /// @param report interval of reports to the server, which accepts one per 15 s
  public record Checks(
      Duration reconcile, Duration streamLag, Duration silence, Duration ping, Duration report) {
    static final Checks DEFAULT =
        new Checks(seconds(60), seconds(2), seconds(30), seconds(15), seconds(30));

    /// Refuses rules that make no sense.
    public Checks {
      positive(reconcile, "reconcile");
      positive(streamLag, "streamLag");
      positive(silence, "silence");
      positive(ping, "ping");
      positive(report, "report");
    }

    private Checks fasterBy(int divisor) {
      return new Checks(
          reconcile.dividedBy(divisor),
          streamLag.dividedBy(divisor),
          silence.dividedBy(divisor),
          ping,
          report);
    }
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static void positive(Duration value, String name) {
    if (requireNonNull(value, name).isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  private static void atLeastOne(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }
}
