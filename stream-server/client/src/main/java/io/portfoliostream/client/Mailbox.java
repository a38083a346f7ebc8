package io.portfoliostream.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other, in the order they came; whoever owns state does so here.
///
/// A thread is taken while there is something to do and given back after it, so an idle client
/// costs none. What is queued is bounded by its senders: one message per socket, one ring per
/// alarm, one answer per request. A task that throws is logged and the next one runs.
final class Mailbox implements Executor {
  private static final Logger LOG = System.getLogger(Mailbox.class.getName());

  private final Executor threads;
  private final Runnable afterEach;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Thread owner;

  /// A mailbox that runs `afterEach` after every task.
  Mailbox(Executor threads, Runnable afterEach) {
    this.threads = threads;
    this.afterEach = afterEach;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      threads.execute(this::drain);
    }
  }

  boolean isOwner() {
    return owner == Thread.currentThread();
  }

  /// Fails when the caller is not a task of this mailbox.
  void assertOwner() {
    if (!isOwner()) {
      throw new IllegalStateException("only from the client's own thread");
    }
  }

  private void drain() {
    do {
      owner = Thread.currentThread();
      try {
        var task = tasks.poll();
        if (task != null) {
          task.run();
          afterEach.run();
        }
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a task of the client failed", e);
      } finally {
        owner = null;
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
