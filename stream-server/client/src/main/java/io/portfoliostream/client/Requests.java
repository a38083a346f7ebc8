package io.portfoliostream.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// REST calls in the background: each on a thread of its own, its answer delivered to the mailbox.
///
/// Closing interrupts those that run; no answer is delivered afterwards.
final class Requests {
  private final Executor threads;
  private final Mailbox mailbox;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Requests(Executor threads, Mailbox mailbox) {
    this.threads = threads;
    this.mailbox = mailbox;
  }

  /// Makes a call and then runs exactly one of `answered` and `failed` in the mailbox.
  <T> void call(Supplier<T> call, Consumer<T> answered, Consumer<StreamApiException> failed) {
    threads.execute(() -> run(call, answered, failed));
  }

  void close() {
    closed = true;
    running.forEach(Thread::interrupt);
  }

  private <T> void run(
      Supplier<T> call, Consumer<T> answered, Consumer<StreamApiException> failed) {
    running.add(Thread.currentThread());
    try {
      if (!closed) {
        var answer = call.get();
        deliver(() -> answered.accept(answer));
      }
    } catch (StreamApiException e) {
      deliver(() -> failed.accept(e));
    } catch (RuntimeException e) {
      deliver(() -> failed.accept(new StreamApiException.BadAnswer("the call failed", e)));
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  private void deliver(Runnable task) {
    mailbox.execute(() -> {
      if (!closed) {
        task.run();
      }
    });
  }
}
