package io.portfoliostream.client;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last few measured latencies, and how many there were in all. Not safe for several threads.
final class Latencies {
  private static final int KEPT = 1000;

  private final long[] nanos = new long[KEPT];
  private long count;

  void add(Duration latency) {
    // Two clocks never agree to the last millisecond: what seems to come from the future took 0.
    nanos[(int) (count % KEPT)] = Math.max(0, latency.toNanos());
    count++;
  }

  void clear() {
    count = 0;
  }

  long count() {
    return count;
  }

  /// The quantiles of those that are kept; absent before the first.
  ClientCounters.@Nullable Latency summary() {
    if (count == 0) {
      return null;
    }
    var sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
    Arrays.sort(sorted);
    return new ClientCounters.Latency(
        count, quantile(sorted, 50), quantile(sorted, 95), quantile(sorted, 99));
  }

  private static Duration quantile(long[] sorted, int percent) {
    int rank = (sorted.length * percent + 99) / 100;
    return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
  }
}
