package io.portfoliostream.server.stream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/// What every part of the streams works with.
record StreamContext(
    StreamSettings settings,
    StreamSources sources,
    StreamRuntime runtime,
    WireView view,
    Comebacks comebacks) {
  private static final Logger LOG = System.getLogger(StreamContext.class.getName());

  StreamContext(StreamSettings settings, StreamSources sources, StreamRuntime runtime) {
    this(
        settings,
        sources,
        runtime,
        new WireView(sources.marks(), sources.feeds()),
        new Comebacks(runtime.nanos(), runtime.metrics()));
  }

  Instant now() {
    return runtime.clock().instant();
  }

  long nanos() {
    return runtime.nanos().getAsLong();
  }

  StreamMetrics metrics() {
    return runtime.metrics();
  }

  /// Runs `task` on a thread of its own.
  void work(Runnable task) {
    runtime.workers().execute(() -> guarded(task));
  }

  /// Runs `task` later, on a thread of its own.
  Scheduler.Task later(Duration delay, Runnable task) {
    return runtime.timer().schedule(delay, () -> work(task));
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      metrics().failed();
      LOG.log(Level.ERROR, "A task of the streams failed", e);
    }
  }
}
