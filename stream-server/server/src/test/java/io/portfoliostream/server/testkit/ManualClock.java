package io.portfoliostream.server.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is told to move.
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /// A clock that stands at `start`.
  public ManualClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /// A clock that stands at some instant of a trading day.
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-11-23T17:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Moves it; backwards too.
  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }
}
