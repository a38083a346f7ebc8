package io.portfoliostream.server.telemetry;

import java.time.Duration;

/// Bounds of histogram buckets: fixed, so that histograms of several nodes add up.
final class Buckets {
  private Buckets() {}

  /// From a millisecond to ten seconds, dense where the promises are: 200 and 500 ms.
  static Duration[] latency() {
    return millis(1, 2, 5, 10, 20, 50, 100, 150, 200, 300, 400, 500, 750, 1_000, 2_000, 10_000);
  }

  /// From a second to a trading day.
  static Duration[] lifetime() {
    return millis(1_000, 10_000, 60_000, 600_000, 3_600_000, 28_800_000);
  }

  /// Up to half a minute, after which a client counts as lost.
  static Duration[] absence() {
    return millis(500, 1_000, 2_000, 5_000, 10_000, 30_000);
  }

  private static Duration[] millis(long... bounds) {
    var buckets = new Duration[bounds.length];
    for (var bucket = 0; bucket < bounds.length; bucket++) {
      buckets[bucket] = Duration.ofMillis(bounds[bucket]);
    }
    return buckets;
  }
}
