package io.portfoliostream.server;

import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.SavedMarks;
import io.portfoliostream.server.ledger.UnknownEvents;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.orders.JobQueue;
import io.portfoliostream.server.orders.JobQueue.Depth;
import io.portfoliostream.server.sync.PriceWatch;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// What must be done again and again: prices are saved, old events forgotten, the queue measured,
/// the feeds watched. Tasks that touch the database run on worker threads, never on a timer.
final class Upkeep {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

  private static final Duration EVENTS_KEPT = Duration.ofDays(7);
  private static final Duration JOBS_KEPT = Duration.ofDays(1);
  private static final Duration UNKNOWN_KEPT = Duration.ofDays(30);
  private static final Duration SAVE_PRICES = Duration.ofSeconds(5);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final Duration MEASURE = Duration.ofSeconds(2);

  private final Platform platform;
  private final AtomicBoolean databaseReached = new AtomicBoolean(true);
  private volatile Depth depth = new Depth(0, 0, 0);

  Upkeep(Platform platform) {
    this.platform = platform;
  }

  /// Whether the database answered lately.
  boolean isDatabaseReached() {
    return databaseReached.get();
  }

  /// How much waited in the work queue lately.
  Depth depth() {
    return depth;
  }

  void start(
      Ledger ledger,
      JobQueue queue,
      UnknownEvents unknown,
      MarkBook marks,
      SavedMarks saved,
      PriceWatch prices) {
    var _ = platform.timers().scheduleAtFixedRate(prices::check, 1, 1, TimeUnit.SECONDS);
    every(MEASURE, () -> depth = queue.depth());
    every(SAVE_PRICES, () -> saved.save(marks.all()));
    every(FORGET, () -> forget(ledger, queue, unknown));
  }

  /// Does `task` every hour.
  void hourly(Runnable task) {
    every(FORGET, task);
  }

  private static void forget(Ledger ledger, JobQueue queue, UnknownEvents unknown) {
    LOG.log(
        Level.DEBUG,
        "forgot {0} events, {1} jobs, {2} unknown messages",
        ledger.forgetEventsOlderThan(EVENTS_KEPT),
        queue.forgetOlderThan(JOBS_KEPT),
        unknown.forgetOlderThan(UNKNOWN_KEPT));
  }

  /// One run at a time: a slow database does not pile tasks up.
  void every(Duration period, Runnable task) {
    var running = new AtomicBoolean();
    var _ =
        platform
            .timers()
            .scheduleAtFixedRate(
                () -> {
                  if (running.compareAndSet(false, true)) {
                    platform.workers().execute(() -> run(task, running));
                  }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void run(Runnable task, AtomicBoolean running) {
    try {
      task.run();
      databaseReached.set(true);
    } catch (LedgerUnavailable e) {
      if (databaseReached.getAndSet(false)) {
        LOG.log(Level.ERROR, "the database is out of reach: {0}", e.getMessage());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "upkeep failed", e);
    } finally {
      running.set(false);
    }
  }
}
