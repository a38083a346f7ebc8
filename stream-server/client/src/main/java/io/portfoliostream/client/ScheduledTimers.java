package io.portfoliostream.client;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Timers of an executor.
final class ScheduledTimers implements Timers {
  private final ScheduledExecutorService executor;

  ScheduledTimers(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Pending after(Duration delay, Runnable task) {
    try {
      var future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException _) {
      // The runtime was closed before its clients: nothing is to happen any more.
      return () -> {};
    }
  }
}
