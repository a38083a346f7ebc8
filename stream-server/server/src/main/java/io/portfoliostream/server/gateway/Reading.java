package io.portfoliostream.server.gateway;

import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.UserId;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Reads of the ledger that tell the position at which they are true.
record Reading(PortfolioReads reads, InstantSource clock) {
  private static final int TRIES = 3;

  /// What was read, and the position. Should the portfolio move during every try, the position is
  /// the older one: what was read is then as new or newer than it says, never older.
  record At<T>(PortfolioReads.Position position, T read) {}

  <T> At<T> at(UserId user, Supplier<T> read) {
    var before = position(user);
    for (var attempt = 1; ; attempt++) {
      var found = read.get();
      var after = position(user);
      if (after.equals(before) || attempt == TRIES) {
        return new At<>(before, found);
      }
      before = after;
    }
  }

  private PortfolioReads.Position position(UserId user) {
    var known = reads.positions(List.of(user)).get(user);
    if (known != null) {
      return known;
    }
    var empty = reads.load(user);
    return new PortfolioReads.Position(empty.epoch(), empty.seq());
  }
}
