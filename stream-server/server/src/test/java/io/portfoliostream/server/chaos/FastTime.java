package io.portfoliostream.server.chaos;

import io.portfoliostream.alpaca.Scheduler;
import io.portfoliostream.server.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Time that runs [#FACTOR] times as fast as the real one, the same for the broker, the server and
/// its database: the second between two reads takes 50 ms, and every relation between the waits of
/// the two sides stays what it is.
final class FastTime implements InstantSource {
  /// Seconds that pass within a real one.
  static final int FACTOR = 20;

  private static final long LOOK_NANOS = 2_000_000;

  private final Instant start;
  private final long origin = System.nanoTime();
  private final AtomicLong skipped = new AtomicLong();

  FastTime(Instant start) {
    this.start = start;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos());
  }

  /// Monotonic time in nanoseconds.
  long nanos() {
    return (System.nanoTime() - origin) * FACTOR + skipped.get();
  }

  /// Lets time pass in which nobody does anything, as when a machine stands still.
  void skip(Duration duration) {
    skipped.addAndGet(duration.toNanos());
  }

  /// Lets the thread wait.
  void await(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos() / FACTOR);
  }

  /// Timers of this time.
  Scheduler scheduler(ScheduledExecutorService executor) {
    var real = Scheduler.on(executor);
    return (delay, task) -> real.schedule(delay.dividedBy(FACTOR), task);
  }

  /// Makes a database's `now()` tell a time of this pace, by which jobs are due and leases end.
  void setIn(TestDatabase database) {
    database.execute("create schema fast");
    database.execute(
        """
        create function fast.now() returns timestamptz language sql volatile as
        $$ select timestamptz '%1$s'
             + (clock_timestamp() - timestamptz '%1$s') * %2$d $$
        """
            .formatted(Instant.now(), FACTOR));
    database.execute(
        "alter database " + database.name() + " set search_path = fast, public, pg_catalog");
    database.reconnect();
  }

  /// Waits until something is so.
  ///
  /// @param patience in real time
  static void until(Supplier<String> claim, Duration patience, BooleanSupplier condition) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not come true within " + patience + ": " + claim.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
