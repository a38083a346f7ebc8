package io.portfoliostream.alpaca;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Spreads requests so that in any minute at most the rate plus the burst go out. Safe for several
/// threads.
///
/// The algorithm is the generic cell rate algorithm (ITU-T I.371, Annex A): one number, the time at
/// which the bucket would be full again, says how much is left.
final class TokenBucket {
  private static final long NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private final Timing timing;
  private final long intervalNanos;
  private final int burst;
  private final int reserved;
  private final ReentrantLock lock = new ReentrantLock();
  private long fullAt;
  private long pausedUntil;

  /// Creates a full bucket.
  ///
  /// @param reserved tokens that only urgent requests may take, below the burst
  TokenBucket(int perMinute, int burst, int reserved, Timing timing) {
    this.timing = timing;
    this.intervalNanos = NANOS_PER_MINUTE / perMinute;
    this.burst = burst;
    this.reserved = reserved;
    this.fullAt = timing.nanoTime().getAsLong();
    this.pausedUntil = fullAt;
  }

  /// Waits for a token.
  ///
  /// @throws AlpacaException.RateLimited when that would take longer than `maxWait`
  void acquire(boolean urgent, Duration maxWait) throws InterruptedException {
    var giveUpAt = timing.nanoTime().getAsLong() + maxWait.toNanos();
    while (true) {
      var waitNanos = takeOrWait(urgent);
      if (waitNanos <= 0) {
        return;
      }
      if (timing.nanoTime().getAsLong() + waitNanos - giveUpAt > 0) {
        throw new AlpacaException.RateLimited(Duration.ofNanos(waitNanos));
      }
      timing.sleeper().sleep(Duration.ofNanos(waitNanos));
    }
  }

  /// Lets nobody pass for a time, as the broker asked.
  void pause(Duration duration) {
    lock.lock();
    try {
      var until = timing.nanoTime().getAsLong() + duration.toNanos();
      if (until - pausedUntil > 0) {
        pausedUntil = until;
      }
    } finally {
      lock.unlock();
    }
  }

  private long takeOrWait(boolean urgent) {
    lock.lock();
    try {
      var now = timing.nanoTime().getAsLong();
      var usable = urgent ? burst : burst - reserved;
      var allowedAt = fullAt - (usable - 1) * intervalNanos;
      var wait = Math.max(allowedAt - now, pausedUntil - now);
      if (wait <= 0) {
        fullAt = (fullAt - now > 0 ? fullAt : now) + intervalNanos;
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }
}
