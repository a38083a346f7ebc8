package io.portfoliostream.alpaca;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other, in the order of their arrival, on the thread of whoever finds it
/// idle.
///
/// A task added from within a task runs after it, never inside it. Do not add tasks while holding a
/// lock that a task may want. After the design of gRPC's synchronization context.
final class SerialContext {
  private static final Logger LOG = System.getLogger(SerialContext.class.getName());

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Thread> drainer = new AtomicReference<>();

  /// Adds a task, and runs what is waiting unless another thread does so already.
  void execute(Runnable task) {
    tasks.add(task);
    while (!tasks.isEmpty() && drainer.compareAndSet(null, Thread.currentThread())) {
      try {
        drain();
      } finally {
        drainer.set(null);
      }
    }
  }

  /// Whether the calling thread runs a task of this context.
  boolean isCurrent() {
    return Thread.currentThread().equals(drainer.get());
  }

  private void drain() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "A task of a stream failed; the stream goes on", e);
      }
    }
  }
}
