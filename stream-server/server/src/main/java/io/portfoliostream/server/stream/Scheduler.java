package io.portfoliostream.server.stream;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs short tasks later: one timer for all deadlines of the streams.
@FunctionalInterface
public interface Scheduler {

  /// Runs `task` once, `delay` from now or as soon as possible after.
  Task schedule(Duration delay, Runnable task);

  /// A task that may not have run yet.
  @FunctionalInterface
  interface Task {
    /// Takes the task back; harmless when it ran.
    void cancel();
  }

  /// A scheduler on `executor`, which should be single-threaded and remove cancelled tasks.
  static Scheduler on(ScheduledExecutorService executor) {
    return (delay, task) -> {
      var future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    };
  }
}
