package io.portfoliostream.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What all connections saw together. Safe for several threads.
final class Tally {
  private final Latencies latencies = new Latencies();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong updates = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong crossed = new AtomicLong();

  void message(int size) {
    messages.incrementAndGet();
    bytes.addAndGet(size);
  }

  void delivered(Duration latency, int count) {
    latencies.add(latency.toNanos() / 1000);
    updates.addAndGet(count);
  }

  void closed(String user, int code) {
    closed.incrementAndGet();
    System.err.println("connection of " + user + " ended with " + code);
  }

  /// A frame of another user arrived.
  void crossed() {
    crossed.incrementAndGet();
  }

  /// Forgets what the warm-up saw; ended connections and crossings stay.
  void reset() {
    latencies.clear();
    messages.set(0);
    bytes.set(0);
    updates.set(0);
  }

  Latencies latencies() {
    return latencies;
  }

  long messages() {
    return messages.get();
  }

  long bytes() {
    return bytes.get();
  }

  long updates() {
    return updates.get();
  }

  long closed() {
    return closed.get();
  }

  long crossings() {
    return crossed.get();
  }
}
