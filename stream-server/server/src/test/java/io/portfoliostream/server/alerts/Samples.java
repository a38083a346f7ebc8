package io.portfoliostream.server.alerts;

import io.portfoliostream.server.alerts.Sample.Counts;
import io.portfoliostream.server.alerts.Sample.Load;
import io.portfoliostream.server.alerts.Sample.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A node whose figures are set by hand and sampled every five seconds, as the server does.
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final double[] BOUNDS = {100, 500, 1_000, 2_000};

  final AlertBoard board = new AlertBoard(NOON);
  long connections = 100;
  long users = 50;
  long symbols = 20;
  long liveBytes;
  boolean open = true;
  long disconnects;
  long unexpected;
  long events;
  long requests;
  long requestFaults;
  long messages;
  long messageFaults;
  boolean marketOpen = true;

  /// Whether no message is written.
  boolean silenced;

  double silence;
  private final Map<String, Distribution> timings = new HashMap<>();
  private Instant now = NOON;

  Instant now() {
    return now;
  }

  /// Takes a sample now, and others until `span` has passed.
  void pass(Duration span) {
    var end = now.plus(span);
    sample();
    while (now.isBefore(end)) {
      now = now.plus(STEP);
      events += silenced ? 0 : 1;
      sample();
    }
  }

  /// Some messages of a kind took so long.
  void took(String kind, long millis, long count) {
    var below = new long[BOUNDS.length];
    for (var bucket = 0; bucket < BOUNDS.length; bucket++) {
      below[bucket] = millis <= BOUNDS[bucket] ? count : 0;
    }
    timings.merge(kind, Distribution.of(BOUNDS, below, count), Distribution::and);
  }

  void sample() {
    board.judge(
        new Sample(
            now,
            new Load(connections, users, symbols, liveBytes, open),
            new Counts(
                disconnects, unexpected, events, requests, requestFaults, messages, messageFaults),
            new Sources(marketOpen, silence),
            timings));
  }

  Alert alert(AlertRule rule) {
    return board.alerts().stream().filter(alert -> alert.rule() == rule).findFirst().orElseThrow();
  }

  boolean fires(AlertRule rule) {
    return alert(rule).isFiring();
  }
}
