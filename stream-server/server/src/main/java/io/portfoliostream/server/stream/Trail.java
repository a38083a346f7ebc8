package io.portfoliostream.server.stream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When the oldest change of a message passed each stage, by the wall clock: its arrival may have
/// been on another node.
///
/// @param arrivedAt at the server
/// @param knownAt to the streams of this node
/// @param renderedAt into a message
record Trail(Instant arrivedAt, Instant knownAt, Instant renderedAt) {

  /// What is rendered as soon as it is known.
  static Trail atOnce(Instant arrivedAt, Instant now) {
    return new Trail(arrivedAt, now, now);
  }

  /// What is known of the message once it is written.
  Delivery written(Instant now, @Nullable Duration roundTrip) {
    return new Delivery(
        Duration.between(arrivedAt, knownAt),
        Duration.between(knownAt, renderedAt),
        Duration.between(renderedAt, now),
        roundTrip);
  }
}
