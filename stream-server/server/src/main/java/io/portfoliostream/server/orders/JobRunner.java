package io.portfoliostream.server.orders;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.portfolio.UserId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs jobs on this node: claims what is due, each job on a thread of its own, at once when told
/// of new work and otherwise every [#POLL].
public final class JobRunner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int AT_ONCE = 16;

  private final JobQueue queue;
  private final OrderWorker worker;
  private final Executor executor;
  private final Semaphore bell = new Semaphore(0);
  private final Semaphore places = new Semaphore(AT_ONCE);
  private volatile boolean closed;

  /// Creates the runner; it works from [#start] on.
  public JobRunner(
      JobQueue queue,
      Ledger ledger,
      OrderBooking booking,
      Function<UserId, Optional<BrokerAccount>> accounts,
      Consumer<UserId> submitted,
      InstantSource clock,
      Executor executor) {
    this.queue = queue;
    this.worker = new OrderWorker(queue, ledger, booking, accounts, submitted, clock);
    this.executor = executor;
  }

  /// Begins to work.
  public void start() {
    executor.execute(this::run);
  }

  /// Tells that there is work.
  public void wake() {
    bell.release();
  }

  @Override
  public void close() {
    closed = true;
    bell.release();
  }

  private void run() {
    try {
      while (!closed) {
        await(claimed() ? Duration.ZERO : POLL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(Duration pause) throws InterruptedException {
    if (bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      bell.drainPermits();
    }
  }

  private boolean claimed() throws InterruptedException {
    places.acquire();
    var free = 1 + places.drainPermits();
    var taken = 0;
    try {
      for (var job : queue.claim(free)) {
        taken++;
        executor.execute(() -> carryOut(job));
      }
    } catch (LedgerUnavailable e) {
      LOG.log(Level.WARNING, "no jobs are claimed: {0}", e.getMessage());
      await(AFTER_FAILURE);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "no jobs are claimed", e);
      await(AFTER_FAILURE);
    } finally {
      places.release(free - taken);
    }
    return taken > 0;
  }

  private void carryOut(Job job) {
    try {
      worker.work(job);
    } finally {
      places.release();
    }
  }
}
