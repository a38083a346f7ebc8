package io.portfoliostream.server.stream;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;

/// Where the streams get what they say.
///
/// @param marks fed by the hub from the bus: who publishes ticks does not touch it
/// @param interest told by the hub which symbols connected users hold
public record StreamSources(
    PortfolioReads reads,
    EventBus bus,
    MarkBook marks,
    FeedBoard feeds,
    Interest interest,
    SessionCheck sessions) {
  /// Refuses a missing source.
  public StreamSources {
    requireNonNull(reads, "reads");
    requireNonNull(bus, "bus");
    requireNonNull(marks, "marks");
    requireNonNull(feeds, "feeds");
    requireNonNull(interest, "interest");
    requireNonNull(sessions, "sessions");
  }
}
