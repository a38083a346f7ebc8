package io.portfoliostream.server.stream;

import java.util.concurrent.TimeUnit;

/// Admits at most so many events per second, a second's worth of them at once. Not safe for several
/// threads.
final class RateLimit {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long costNanos;
  private long creditNanos = SECOND;
  private long lastAt;

  RateLimit(int perSecond, long now) {
    this.costNanos = SECOND / perSecond;
    this.lastAt = now;
  }

  /// Whether one more event at `now` (monotonic nanoseconds) is within the limit.
  boolean admits(long now) {
    creditNanos = Math.min(SECOND, creditNanos + Math.max(0, now - lastAt));
    lastAt = now;
    if (creditNanos < costNanos) {
      return false;
    }
    creditNanos -= costNanos;
    return true;
  }
}
