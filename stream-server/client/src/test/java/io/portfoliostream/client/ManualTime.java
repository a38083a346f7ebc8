package io.portfoliostream.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/// Clock, timers and threads in one: nothing happens until told, everything on the test's thread.
final class ManualTime implements InstantSource, Timers, Executor {
  private final PriorityQueue<Task> timers =
      new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
  private final Deque<Runnable> ready = new ArrayDeque<>();
  private final Instant start = Samples.NOON;
  private long nanos;
  private long numbers;

  @Override
  public Instant instant() {
    return start.plusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Pending after(Duration delay, Runnable task) {
    var timer = new Task(nanos + delay.toNanos(), numbers++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  /// Runs what is ready, and what that makes ready.
  void settle() {
    for (var task = ready.poll(); task != null; task = ready.poll()) {
      task.run();
    }
  }

  /// Lets time pass, timer by timer.
  void advance(Duration duration) {
    long until = nanos + duration.toNanos();
    settle();
    for (var next = timers.peek(); next != null && next.due() <= until; next = timers.peek()) {
      timers.remove(next);
      nanos = Math.max(nanos, next.due());
      next.task().run();
      settle();
    }
    nanos = until;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  int pendingTimers() {
    return timers.size();
  }

  private record Task(long due, long number, Runnable task) {}
}
