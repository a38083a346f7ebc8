package io.portfoliostream.server.stream;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long the oldest change in a message took to be written to one client, part by part.
///
/// @param intake from its arrival at this server until the streams knew it: booked in the ledger,
///   or noted as a price
/// @param conflation while it waited for its window
/// @param outbox from its rendering until it was written
/// @param roundTrip of the client's last ping, absent before the first answer
public record Delivery(
    Duration intake, Duration conflation, Duration outbox, @Nullable Duration roundTrip) {
  /// A clock that was set back makes no time negative.
  public Delivery {
    intake = atLeastZero(intake);
    conflation = atLeastZero(conflation);
    outbox = atLeastZero(outbox);
  }

  /// From the arrival to the writing.
  public Duration total() {
    return intake.plus(conflation).plus(outbox);
  }

  /// From the arrival to the client: the way there is taken for half of the way there and back.
  public Optional<Duration> toClient() {
    return roundTrip == null ? Optional.empty() : Optional.of(total().plus(roundTrip.dividedBy(2)));
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
