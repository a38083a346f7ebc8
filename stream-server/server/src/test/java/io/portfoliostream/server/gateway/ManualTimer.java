package io.portfoliostream.server.gateway;

import io.portfoliostream.server.stream.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A timer that runs nothing until it is told to.
final class ManualTimer implements Scheduler {
  private final List<Entry> pending = new CopyOnWriteArrayList<>();

  private record Entry(Duration delay, Runnable task) {}

  @Override
  public Task schedule(Duration delay, Runnable task) {
    var entry = new Entry(delay, task);
    pending.add(entry);
    return () -> pending.remove(entry);
  }

  /// The delays of what waits.
  List<Duration> delays() {
    return pending.stream().map(Entry::delay).toList();
  }

  /// Lets all the time pass that anything waits for.
  void runAll() {
    for (var entry : List.copyOf(pending)) {
      pending.remove(entry);
      entry.task().run();
    }
  }
}
