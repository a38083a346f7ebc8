package io.portfoliostream.ui.live;

import io.portfoliostream.client.Registration;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs things later; closing the registration keeps them from running.
public interface Timers {
  /// Runs `task` once.
  Registration after(Duration delay, Runnable task);

  /// Runs `task` again and again.
  Registration every(Duration interval, Runnable task);

  /// Timers on the threads of `executor`.
  static Timers on(ScheduledExecutorService executor) {
    return new Timers() {
      @Override
      public Registration after(Duration delay, Runnable task) {
        var future = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
      }

      @Override
      public Registration every(Duration interval, Runnable task) {
        long millis = interval.toMillis();
        var future = executor.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
      }
    };
  }
}
