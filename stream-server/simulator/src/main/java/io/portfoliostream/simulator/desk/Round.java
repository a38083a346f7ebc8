package io.portfoliostream.simulator.desk;

import io.portfoliostream.simulator.broker.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The changes that are written in one go, and the callers that wait for them.
///
/// What is added is guarded by the desk's lock; waiting needs none, so that the end of a round
/// wakes its callers without sending them all through that lock again.
final class Round {
  private final List<Batch> batches = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Exception failure;
  private int callers;

  void add(Batch batch) {
    batches.add(batch);
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  List<Batch> batches() {
    return List.copyOf(batches);
  }

  void join() {
    callers++;
  }

  int callers() {
    return callers;
  }

  void succeed() {
    ended.countDown();
  }

  void fail(Exception cause) {
    failure = cause;
    ended.countDown();
  }

  /// Waits for the end. An interrupt does not shorten that, as the change is made in any case, and
  /// is still set afterwards.
  void await() {
    boolean interrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    var cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the simulator cannot save its state", cause);
    }
  }
}
