package io.portfoliostream.simulator.market;

import java.util.random.RandomGenerator;

/// A random source whose whole position is one number, so that it can be saved and resumed.
///
/// The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014). Not thread-safe: it belongs to one owner.
public final class SeededRandom implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long position;

  /// Starts at a seed, or continues at a saved [#position()].
  public SeededRandom(long position) {
    this.position = position;
  }

  /// What to pass to the constructor to continue from here.
  public long position() {
    return position;
  }

  @Override
  public long nextLong() {
    position += GOLDEN_GAMMA;
    long mixed = (position ^ (position >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
