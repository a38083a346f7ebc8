package io.portfoliostream.server.alerts;

import java.util.Arrays;
import java.util.OptionalDouble;

/// How many of something are at or below each of some bounds. Immutable. Distributions with the
/// same bounds can be added and subtracted, so that any span of time can be looked at.
public final class Distribution {
  /// Of nothing.
  public static final Distribution EMPTY = new Distribution(new double[0], new long[0], 0);

  private final double[] bounds;
  private final long[] below;
  private final long count;

  private Distribution(double[] bounds, long[] below, long count) {
    this.bounds = bounds;
    this.below = below;
    this.count = count;
  }

  /// A distribution.
  ///
  /// @param bounds ascending
  /// @param below how many are at or below the bound of the same index
  /// @param count how many there are in all
  public static Distribution of(double[] bounds, long[] below, long count) {
    if (bounds.length != below.length) {
      throw new IllegalArgumentException(bounds.length + " bounds, " + below.length + " counts");
    }
    return new Distribution(bounds.clone(), below.clone(), count);
  }

  /// How many there are.
  public long count() {
    return count;
  }

  /// What came after `earlier`, which is a former state of this.
  public Distribution since(Distribution earlier) {
    return earlier.count == 0 ? this : combined(earlier, -1);
  }

  /// This and `other` together.
  public Distribution and(Distribution other) {
    if (count == 0) {
      return other;
    }
    return other.count == 0 ? this : combined(other, 1);
  }

  /// The value that the part `rank` is at or below, as Prometheus' `histogram_quantile` has it:
  /// between two bounds it is taken to rise evenly, above the last one it is the last one. Empty
  /// for nothing.
  public OptionalDouble quantile(double rank) {
    if (count <= 0 || bounds.length == 0) {
      return OptionalDouble.empty();
    }
    var wanted = rank * count;
    for (var bucket = 0; bucket < bounds.length; bucket++) {
      if (below[bucket] >= wanted) {
        var floor = bucket == 0 ? 0 : bounds[bucket - 1];
        var before = bucket == 0 ? 0 : below[bucket - 1];
        var inside = below[bucket] - before;
        var part = inside == 0 ? 1 : (wanted - before) / inside;
        return OptionalDouble.of(floor + (bounds[bucket] - floor) * part);
      }
    }
    return OptionalDouble.of(bounds[bounds.length - 1]);
  }

  private Distribution combined(Distribution other, int sign) {
    if (!Arrays.equals(bounds, other.bounds)) {
      throw new IllegalArgumentException("distributions over other bounds");
    }
    var sums = new long[below.length];
    for (var bucket = 0; bucket < sums.length; bucket++) {
      sums[bucket] = below[bucket] + sign * other.below[bucket];
    }
    return new Distribution(bounds, sums, count + sign * other.count);
  }
}
