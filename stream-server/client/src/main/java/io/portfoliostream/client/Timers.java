package io.portfoliostream.client;

import java.time.Duration;

/// Monotonic time: durations that no change of the wall clock disturbs.
interface Timers {
  /// Nanoseconds since some fixed moment.
  long nanoTime();

  /// Runs `task` once after `delay`; it must be short and must not block.
  Pending after(Duration delay, Runnable task);

  /// A task that has not run yet.
  interface Pending {
    /// Takes it back; nothing when it ran already.
    void cancel();
  }
}
