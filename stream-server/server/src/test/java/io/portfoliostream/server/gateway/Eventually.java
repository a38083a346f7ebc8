package io.portfoliostream.server.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Waits for a condition, and fails when it does not come true in time.
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 2_000_000;

  private Eventually() {}

  static void holds(String claim, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not come true within " + PATIENCE + ": " + claim);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Waits until a number, above zero, does not change for a while.
  static void staysFor(String claim, Duration calm, LongSupplier number) {
    var last = new AtomicLong();
    var since = new AtomicLong(System.nanoTime());
    holds(
        claim,
        () -> {
          var now = number.getAsLong();
          if (now == 0 || last.getAndSet(now) != now) {
            since.set(System.nanoTime());
          }
          return System.nanoTime() - since.get() > calm.toNanos();
        });
  }
}
