package io.portfoliostream.server.gateway;

import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// How often a user may try to connect: so many at once, then one per interval (a token bucket for
/// each user).
///
/// Safe for any number of threads.
final class ConnectRate {
  private static final int CROWD = 10_000;

  private final LongSupplier nanos;
  private final int burst;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();

  /// When each user's bucket will be full again, in nanoseconds.
  private final Map<UserId, Long> fullAt = new HashMap<>();

  ConnectRate(LongSupplier nanos, int burst, Duration interval) {
    this.nanos = nanos;
    this.burst = burst;
    this.interval = interval;
  }

  /// Counts an attempt: zero when it may go on, else how long to wait.
  Duration attempt(UserId user) {
    var now = nanos.getAsLong();
    lock.lock();
    try {
      if (fullAt.size() >= CROWD) {
        fullAt.values().removeIf(full -> full - now <= 0);
      }
      var full = Math.max(0, fullAt.getOrDefault(user, now) - now);
      var room = interval.multipliedBy(burst - 1L).toNanos();
      if (full > room) {
        return Duration.ofNanos(full - room);
      }
      fullAt.put(user, now + full + interval.toNanos());
      return Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }
}
