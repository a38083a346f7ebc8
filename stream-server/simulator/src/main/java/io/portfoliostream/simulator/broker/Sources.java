package io.portfoliostream.simulator.broker;

import java.time.Instant;

/// Where the exchange's sources of ids, chance and time continue.
///
/// @param identities position of the random source of ids
/// @param fills position of the random source of delays and parts
public record Sources(long identities, long fills, String lastEventId, Instant lastStamp) {
  private static final String NO_EVENT = "00000000000000000000000000";

  /// The sources of an exchange that begins. Ids differ from run to run, as nobody would expect two
  /// brokers to give the same ones; with a manual clock they repeat.
  static Sources fresh(long seed, Instant now) {
    return new Sources(
        seed * 31 + now.getEpochSecond() * 1_000_003 + now.getNano(), ~seed, NO_EVENT, now);
  }
}
