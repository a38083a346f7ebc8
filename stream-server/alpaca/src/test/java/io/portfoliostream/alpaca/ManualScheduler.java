package io.portfoliostream.alpaca;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A clock and a scheduler in one: nothing runs until a test lets time pass. Safe for several
/// threads.
final class ManualScheduler implements Scheduler, InstantSource {
  private record Planned(Instant due, Runnable task) {}

  private final List<Planned> planned = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T15:00:00Z");

  @Override
  public synchronized Task schedule(Duration delay, Runnable task) {
    var plan = new Planned(now.plus(delay), task);
    planned.add(plan);
    return () -> remove(plan);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /// Lets time pass and runs what falls due, in order, on the calling thread.
  void advance(Duration duration) {
    Instant end;
    synchronized (this) {
      end = now.plus(duration);
    }
    for (var next = takeDue(end); next.isPresent(); next = takeDue(end)) {
      next.get().task().run();
    }
    synchronized (this) {
      now = end;
    }
  }

  synchronized int pending() {
    return planned.size();
  }

  private synchronized Optional<Planned> takeDue(Instant end) {
    var next = planned.stream().min(Comparator.comparing(Planned::due));
    next = next.filter(plan -> !plan.due().isAfter(end));
    next.ifPresent(plan -> {
      planned.remove(plan);
      now = plan.due();
    });
    return next;
  }

  private synchronized void remove(Planned plan) {
    planned.remove(plan);
  }
}
