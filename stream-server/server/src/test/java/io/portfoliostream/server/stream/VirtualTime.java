package io.portfoliostream.server.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// Time that moves only when told, with everything that hangs on it: wall clock, monotonic clock,
/// timer and workers. Tasks run on the caller's thread, in the order of their times. A task may
/// move time itself: that is how a task looks that blocks while others run.
public final class VirtualTime implements InstantSource, LongSupplier, Scheduler, Executor {
  private static final Instant START = Instant.parse("2026-11-23T15:00:00Z");

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private final LongSupplier workerDelay;
  private long nanos = 7_000_000_000L;
  private final long startNanos = nanos;
  private long order;

  /// Time with workers that begin at once.
  public VirtualTime() {
    this(() -> 0);
  }

  /// @param workerDelay how many nanoseconds later each worker begins
  public VirtualTime(LongSupplier workerDelay) {
    this.workerDelay = workerDelay;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos - startNanos);
  }

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Task schedule(Duration delay, Runnable task) {
    var entry = new Planned(nanos + Math.max(0, delay.toNanos()), order++, task);
    planned.add(entry);
    return () -> planned.remove(entry);
  }

  @Override
  public void execute(Runnable task) {
    var _ = schedule(Duration.ofNanos(workerDelay.getAsLong()), task);
  }

  /// Runs what is due now.
  public void settle() {
    advance(Duration.ZERO);
  }

  /// Moves on, running everything at its time.
  public void advance(Duration duration) {
    var end = nanos + duration.toNanos();
    while (runNext(end)) {
      // Until nothing is due any more.
    }
    nanos = Math.max(nanos, end);
  }

  /// Moves to the next task before `end` and runs it.
  ///
  /// @return whether there was one
  public boolean runNext(long end) {
    var next = planned.peek();
    if (next == null || next.at > end) {
      return false;
    }
    planned.remove();
    nanos = Math.max(nanos, next.at);
    next.task.run();
    return true;
  }

  /// How many tasks have not run yet.
  public int pending() {
    return planned.size();
  }

  private record Planned(long at, long order, Runnable task) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }
}
