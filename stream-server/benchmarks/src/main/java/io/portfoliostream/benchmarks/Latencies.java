package io.portfoliostream.benchmarks;

import java.util.Arrays;

/// Latencies in microseconds, as many as come. Safe for several threads.
final class Latencies {
  private long[] micros = new long[1 << 16];
  private int count;

  synchronized void add(long value) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, count * 2);
    }
    micros[count++] = value;
  }

  synchronized int count() {
    return count;
  }

  synchronized void clear() {
    count = 0;
  }

  /// The value that `percent` of all do not exceed, in milliseconds.
  synchronized double percentile(double percent) {
    if (count == 0) {
      return 0;
    }
    var sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    var index = (int) Math.ceil(percent / 100 * count) - 1;
    return sorted[Math.max(0, index)] / 1000.0;
  }
}
