package io.portfoliostream.server.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// When things go wrong, and how often they did.
final class Faults {
  /// What can go wrong, and with which probability each time that it could.
  enum Kind {
    /// A message to a client is lost.
    LOST(0.01),
    /// A message to a client comes twice.
    REPEATED(0.01),
    /// A message to a client is overtaken by later ones.
    OVERTAKEN(0.01),
    /// A message to the server is lost.
    UNHEARD(0.02),
    /// A booking does not come over the bus.
    BOOKING_LOST(0.05),
    /// A booking comes over the bus twice.
    BOOKING_REPEATED(0.05),
    /// A booking is slow on the bus.
    BOOKING_LATE(0.2),
    /// A worker begins late: a client that reads slowly, a machine that is busy.
    SLOW(0.05),
    /// Something is booked while the ledger is being read.
    BOOKED_WHILE_READ(0.1);

    private final double probability;

    Kind(double probability) {
      this.probability = probability;
    }
  }

  private final RandomGenerator random;
  private final Map<Kind, Integer> counts;
  private boolean healed;

  /// @param counts where to count
  Faults(RandomGenerator random, Map<Kind, Integer> counts) {
    this.random = random;
    this.counts = counts;
  }

  static Map<Kind, Integer> none() {
    return new EnumMap<>(Kind.class);
  }

  /// Whether it goes wrong this time.
  boolean happens(Kind kind) {
    if (healed || random.nextDouble() >= kind.probability) {
      return false;
    }
    counts.merge(kind, 1, Integer::sum);
    return true;
  }

  /// A time from 0 to `millis`.
  Duration upTo(int millis) {
    return Duration.ofNanos(random.nextLong(millis * 1_000_000L + 1));
  }

  /// Nothing goes wrong any more.
  void heal() {
    healed = true;
  }
}
