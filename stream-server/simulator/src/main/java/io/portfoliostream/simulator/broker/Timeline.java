package io.portfoliostream.simulator.broker;

import java.time.Instant;

/// The exchange's own time: it follows the clock, never goes back, and never stamps twice alike.
///
/// Not thread-safe.
final class Timeline {
  private final Identities identities;
  private Instant now;
  private Instant lastStamp;

  Timeline(Identities identities, Instant now, Instant lastStamp) {
    this.identities = identities;
    this.now = now;
    this.lastStamp = lastStamp;
  }

  Instant now() {
    return now;
  }

  void moveTo(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  Instant stamp() {
    var stamp = now.plusNanos(identities.nextNanos());
    lastStamp = stamp.isAfter(lastStamp) ? stamp : lastStamp.plusNanos(1);
    return lastStamp;
  }

  Instant lastStamp() {
    return lastStamp;
  }
}
