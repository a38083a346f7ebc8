package io.portfoliostream.simulator.stream;

import java.time.Duration;

/// Runs something later, once.
@FunctionalInterface
public interface Timer {

  /// Runs a task after a delay. There is no way to call it off: a task that came to nothing finds
  /// so by itself.
  void after(Duration delay, Runnable task);
}
