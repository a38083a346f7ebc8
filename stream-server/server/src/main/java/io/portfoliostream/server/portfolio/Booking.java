package io.portfoliostream.server.portfolio;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/// One ledger transaction: the events that took a portfolio from `prevSeq` to `seq`, in order.
///
/// @param arrivedAt when the oldest cause of it reached this server
public record Booking(
    UserId user,
    String epoch,
    long prevSeq,
    long seq,
    List<PortfolioEvent> events,
    Cause cause,
    Instant arrivedAt) {
  /// Refuses a booking whose numbers do not fit its events.
  public Booking {
    requireNonNull(user, "user");
    requireNonNull(epoch, "epoch");
    events = List.copyOf(events);
    if (prevSeq < 0 || seq - prevSeq != events.size() || events.isEmpty()) {
      throw new IllegalArgumentException(
          events.size() + " events cannot lead from " + prevSeq + " to " + seq);
    }
    requireNonNull(cause, "cause");
    requireNonNull(arrivedAt, "arrivedAt");
  }
}
