package io.portfoliostream.ui.testkit;

import io.portfoliostream.client.Registration;
import io.portfoliostream.ui.live.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Timers that run when the test says so.
public final class ManualTimers implements Timers {
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Duration delay, Runnable task, boolean repeats) {}

  @Override
  public Registration after(Duration delay, Runnable task) {
    return add(new Entry(delay, task, false));
  }

  @Override
  public Registration every(Duration interval, Runnable task) {
    return add(new Entry(interval, task, true));
  }

  /// Lets every timer run out once.
  public void runAll() {
    for (var entry : List.copyOf(entries)) {
      if (!entry.repeats()) {
        entries.remove(entry);
      }
      entry.task().run();
    }
  }

  /// How many would still run.
  public int waiting() {
    return entries.size();
  }

  private Registration add(Entry entry) {
    entries.add(entry);
    return () -> entries.remove(entry);
  }
}
