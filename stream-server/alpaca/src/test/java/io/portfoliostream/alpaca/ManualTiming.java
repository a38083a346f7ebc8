package io.portfoliostream.alpaca;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only by sleeping, at once; remembers how long was slept.
final class ManualTiming {
  static final Instant START = Instant.parse("2026-11-20T15:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1_000;

  Timing timing() {
    var origin = nanos;
    return new Timing(
        () -> START.plusNanos(nanos - origin), () -> nanos, this::sleep, FixedRandom.MIDDLE);
  }

  List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  Duration slept() {
    return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
  }

  void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  private void sleep(Duration duration) {
    sleeps.add(duration);
    advance(duration);
  }
}
