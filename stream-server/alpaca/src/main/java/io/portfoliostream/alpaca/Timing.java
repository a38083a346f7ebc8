package io.portfoliostream.alpaca;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Time and chance for blocking calls.
///
/// @param clock wall time, used only for what the broker says in wall time
/// @param nanoTime monotonic time in nanoseconds, any origin
/// @param sleeper how a thread waits
/// @param random for jitter; must be safe for several threads
public record Timing(
    InstantSource clock, LongSupplier nanoTime, Sleeper sleeper, RandomGenerator random) {

  /// Lets the calling thread wait.
  @FunctionalInterface
  public interface Sleeper {
    /// Returns after the time has passed.
    void sleep(Duration duration) throws InterruptedException;
  }
}
