package io.portfoliostream.alpaca;

import java.util.random.RandomGenerator;

/// A source of chance that always says the same.
record FixedRandom(double value) implements RandomGenerator {
  /// Leaves delays as they are.
  static final FixedRandom MIDDLE = new FixedRandom(0.5);

  @Override
  public double nextDouble() {
    return value;
  }

  @Override
  public long nextLong() {
    return (long) (value * Long.MAX_VALUE);
  }
}
