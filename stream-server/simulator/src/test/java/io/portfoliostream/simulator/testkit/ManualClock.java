package io.portfoliostream.simulator.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until advanced. Safe for use by several threads.
public final class ManualClock implements InstantSource {
  /// A Friday morning of a regular session, 10:00 in New York.
  public static final Instant FRIDAY_MORNING = Instant.parse("2026-11-20T15:00:00Z");

  private volatile Instant now;

  /// A clock at the usual start.
  public ManualClock() {
    this(FRIDAY_MORNING);
  }

  /// A clock at an instant.
  public ManualClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// Moves the clock.
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }
}
