package io.portfoliostream.simulator.testkit;

import io.portfoliostream.simulator.stream.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A timer whose time passes only when told.
public final class ManualTimer implements Timer {
  private final List<Task> tasks = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private record Task(Duration due, Runnable work) {}

  @Override
  public void after(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), task));
  }

  /// Lets time pass, running what falls due in its order.
  public void advance(Duration duration) {
    var until = now.plus(duration);
    for (var next = next(until); next != null; next = next(until)) {
      now = next.due();
      next.work().run();
    }
    now = until;
  }

  private @Nullable Task next(Duration until) {
    var next =
        tasks.stream()
            .filter(task -> task.due().compareTo(until) <= 0)
            .min(Comparator.comparing(Task::due))
            .orElse(null);
    tasks.remove(next);
    return next;
  }
}
