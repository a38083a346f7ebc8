package io.portfoliostream.server;

import io.portfoliostream.server.market.AssetDirectory;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Pulses;
import java.time.InstantSource;

/// What is known of the market on this node: prices and how fresh they are, when it trades, what is
/// listed.
record MarketParts(
    MarkBook marks,
    Interest interest,
    FeedBoard feeds,
    Pulses pulses,
    Halts halts,
    MarketClock clock,
    AssetDirectory assets) {

  static MarketParts create(InstantSource clock) {
    return new MarketParts(
        new MarkBook(),
        new Interest(),
        new FeedBoard(clock.instant()),
        new Pulses(),
        new Halts(),
        new MarketClock(clock),
        new AssetDirectory());
  }
}
