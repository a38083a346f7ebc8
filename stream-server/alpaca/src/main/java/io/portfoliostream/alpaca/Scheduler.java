package io.portfoliostream.alpaca;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs tasks after a delay.
@FunctionalInterface
public interface Scheduler {

  /// A task that waits for its time.
  @FunctionalInterface
  interface Task {
    /// Prevents the task from running, unless it has begun.
    void cancel();
  }

  /// Plans one run of a task.
  Task schedule(Duration delay, Runnable task);

  /// Uses an executor of the JDK.
  static Scheduler on(ScheduledExecutorService executor) {
    return (delay, task) -> {
      var future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    };
  }
}
