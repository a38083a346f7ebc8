package io.portfoliostream.simulator.desk;

import io.portfoliostream.simulator.broker.Batch;
import io.portfoliostream.simulator.broker.Delta;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.ExchangeState;
import io.portfoliostream.simulator.store.Store;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one door to the exchange: a lock around it, and a writer that saves what changed before
/// anyone hears of it.
///
/// Commands and questions both return only when everything they could have seen is on the disk, so
/// nothing that a client was shown can vanish in a crash. Changes of callers that wait at the same
/// time share one write. Any thread may call, except the writer through its audience.
public final class Desk implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Desk.class.getName());

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Exchange exchange;
  private final Store store;
  private final Audience audience;
  private Round collecting = new Round();
  private @Nullable Round writing;
  private @Nullable Exception failure;
  private boolean closing;

  /// Opens the door.
  ///
  /// @param threads gives the writer a thread of its own until [#close()]
  public Desk(Exchange exchange, Store store, Audience audience, Executor threads) {
    this.exchange = exchange;
    this.store = store;
    this.audience = audience;
    threads.execute(this::write);
  }

  /// Does or asks something, and returns when what it saw and changed is durable.
  ///
  /// @throws IllegalStateException when the state can no longer be saved, or the desk is closed
  public <T> T call(Function<Exchange, T> call) {
    T result;
    Round round;
    lock.lock();
    try {
      failUnlessOpen();
      result = call.apply(exchange);
      round = join(exchange.drain());
    } finally {
      lock.unlock();
    }
    if (round != null) {
      round.await();
    }
    return result;
  }

  /// Lets everything happen that is due by now.
  public void advance() {
    call(open -> {
      open.advance();
      return true;
    });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      finished.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// How many callers wait for the writer.
  int waitingCallers() {
    lock.lock();
    try {
      return collecting.callers() + (writing == null ? 0 : writing.callers());
    } finally {
      lock.unlock();
    }
  }

  /// The round to wait for: the one that writes the caller's changes, or else the one that writes
  /// what it may have seen; none when everything is written.
  private @Nullable Round join(Batch batch) {
    if (!batch.isEmpty()) {
      collecting.add(batch);
      filled.signal();
    }
    var round = collecting.isEmpty() ? writing : collecting;
    if (round != null) {
      round.join();
    }
    return round;
  }

  private void failUnlessOpen() {
    if (failure != null) {
      throw new IllegalStateException("the simulator cannot save its state", failure);
    }
    if (closing) {
      throw new IllegalStateException("the simulator is closed");
    }
  }

  private void write() {
    try {
      for (var work = next(); work.isPresent(); work = next()) {
        save(work.get());
      }
      finish();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "the state cannot be saved; every request is refused from now on", e);
      fail(e);
      closeQuietly();
    } finally {
      finished.countDown();
    }
  }

  /// What to write next; empty when the desk is closed and everything is written.
  private Optional<Work> next() {
    lock.lock();
    try {
      writing = null;
      while (collecting.isEmpty() && !closing) {
        filled.awaitUninterruptibly();
      }
      if (collecting.isEmpty()) {
        return Optional.empty();
      }
      var round = collecting;
      writing = round;
      collecting = new Round();
      return Optional.of(new Work(round, store.wantsSnapshot() ? exchange.state() : null));
    } finally {
      lock.unlock();
    }
  }

  private void save(Work work) throws IOException {
    var batches = work.round().batches();
    var deltas = batches.stream().flatMap(batch -> delta(batch).stream()).toList();
    if (!deltas.isEmpty()) {
      store.append(deltas);
    }
    if (work.snapshot() != null) {
      store.snapshot(work.snapshot());
    }
    for (var batch : batches) {
      audience.hear(batch.updates(), batch.points());
    }
    work.round().succeed();
  }

  private void finish() throws IOException {
    ExchangeState last;
    lock.lock();
    try {
      last = exchange.state();
    } finally {
      lock.unlock();
    }
    store.snapshot(last);
    store.close();
  }

  private void fail(Exception cause) {
    lock.lock();
    try {
      failure = cause;
      collecting.fail(cause);
      if (writing != null) {
        writing.fail(cause);
      }
    } finally {
      lock.unlock();
    }
  }

  private void closeQuietly() {
    try {
      store.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the store could not be closed", e);
    }
  }

  private static Optional<Delta> delta(Batch batch) {
    return Optional.ofNullable(batch.delta());
  }

  /// What the writer does in one go.
  ///
  /// @param snapshot a state that contains exactly this round and those before
  private record Work(Round round, @Nullable ExchangeState snapshot) {}
}
