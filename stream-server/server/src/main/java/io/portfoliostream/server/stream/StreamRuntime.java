package io.portfoliostream.server.stream;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What drives the streams.
///
/// @param clock wall time: what clients are told, and what arrivals are measured by
/// @param nanos monotonic time: what durations are measured by
/// @param timer runs all deadlines
/// @param workers runs what may block, each task on its own: writing, reading the ledger, rendering
/// @param random spreads the heartbeats; used by one thread at a time
public record StreamRuntime(
    InstantSource clock,
    LongSupplier nanos,
    Scheduler timer,
    Executor workers,
    RandomGenerator random,
    StreamMetrics metrics) {
  /// Refuses a missing part.
  public StreamRuntime {
    requireNonNull(clock, "clock");
    requireNonNull(nanos, "nanos");
    requireNonNull(timer, "timer");
    requireNonNull(workers, "workers");
    requireNonNull(random, "random");
    requireNonNull(metrics, "metrics");
  }
}
