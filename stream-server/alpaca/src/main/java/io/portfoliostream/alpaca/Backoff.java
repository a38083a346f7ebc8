package io.portfoliostream.alpaca;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying again: the first delay, doubled after each failure up to a
/// ceiling.
///
/// @param initial delay after the first failure, before jitter
/// @param ceiling longest delay before jitter
/// @param jitter part of the delay by which it varies to both sides, 0 to 1
public record Backoff(Duration initial, Duration ceiling, double jitter) {
  /// Checks the ranges.
  public Backoff {
    if (!initial.isPositive() || ceiling.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "backoff needs 0 < initial <= ceiling: %s, %s".formatted(initial, ceiling));
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter is not between 0 and 1: " + jitter);
    }
  }

  /// The delay after a number of failures in a row.
  ///
  /// @param failures at least 1
  public Duration delay(int failures, RandomGenerator random) {
    return delay(failures, Duration.ZERO, random);
  }

  /// The delay after a number of failures in a row, never shorter than a floor.
  ///
  /// @param failures at least 1
  Duration delay(int failures, Duration floor, RandomGenerator random) {
    var doublings = Math.clamp(failures - 1, 0, 30);
    var doubled = initial.compareTo(ceiling.dividedBy(1L << doublings)) > 0;
    var base = doubled ? ceiling : initial.multipliedBy(1L << doublings);
    var nanos = longer(base, floor).toNanos();
    var swing = jitter * (2 * random.nextDouble() - 1);
    return longer(Duration.ofNanos(nanos + (long) (nanos * swing)), floor);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
