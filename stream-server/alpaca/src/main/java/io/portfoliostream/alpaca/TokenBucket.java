package io.portfoliostream.alpaca;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Spreads requests so that in any minute at most the rate plus the burst go out. Safe for several
/// threads.
///
/// The algorithm is the generic cell rate algorithm (ITU-T I.371, Annex A): one number, the time at
/// which the bucket would be full again, says how much is left. Priority comes from reserves: a
/// lower one finds the bucket empty while a higher one still finds tokens, so whoever is less
/// urgent never takes a token for which the more urgent waits.
final class TokenBucket {
  private static final long NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private final Timing timing;
  private final long intervalNanos;
  private final Map<Priority, Integer> usable = new EnumMap<>(Priority.class);
  private final Map<Priority, Long> pausedUntil = new EnumMap<>(Priority.class);
  private final ReentrantLock lock = new ReentrantLock();
  private long fullAt;

  /// Creates a full bucket.
  ///
  /// @param reservedForOrders tokens that only orders may take
  /// @param reservedForReads further tokens that background reads leave; both together below the
  ///   burst
  TokenBucket(
      int perMinute, int burst, int reservedForOrders, int reservedForReads, Timing timing) {
    this.timing = timing;
    this.intervalNanos = NANOS_PER_MINUTE / perMinute;
    this.fullAt = timing.nanoTime().getAsLong();
    for (var priority : Priority.values()) {
      usable.put(
          priority,
          switch (priority) {
            case ORDER -> burst;
            case READ -> burst - reservedForOrders;
            case BACKGROUND -> burst - reservedForOrders - reservedForReads;
          });
      pausedUntil.put(priority, fullAt);
    }
  }

  /// Waits for a token.
  ///
  /// @throws AlpacaException.RateLimited when that would take longer than `maxWait`
  void acquire(Priority priority, Duration maxWait) throws InterruptedException {
    var giveUpAt = timing.nanoTime().getAsLong() + maxWait.toNanos();
    while (true) {
      var waitNanos = takeOrWait(priority);
      if (waitNanos <= 0) {
        return;
      }
      if (timing.nanoTime().getAsLong() + waitNanos - giveUpAt > 0) {
        throw new AlpacaException.RateLimited(Duration.ofNanos(waitNanos));
      }
      timing.sleeper().sleep(Duration.ofNanos(waitNanos));
    }
  }

  /// Lets nobody of a priority or a lower one pass for a time, as the broker asked.
  void pause(Priority highest, Duration duration) {
    lock.lock();
    try {
      var until = timing.nanoTime().getAsLong() + duration.toNanos();
      for (var priority : Priority.values()) {
        if (priority.compareTo(highest) >= 0) {
          pausedUntil.merge(priority, until, (a, b) -> a - b > 0 ? a : b);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private long takeOrWait(Priority priority) {
    lock.lock();
    try {
      var now = timing.nanoTime().getAsLong();
      var allowedAt = fullAt - (usable.getOrDefault(priority, 1) - 1) * intervalNanos;
      var wait = Math.max(allowedAt - now, pausedUntil.getOrDefault(priority, now) - now);
      if (wait <= 0) {
        fullAt = (fullAt - now > 0 ? fullAt : now) + intervalNanos;
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }
}
