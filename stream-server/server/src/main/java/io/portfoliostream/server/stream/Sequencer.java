package io.portfoliostream.server.stream;

import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Portfolio;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A user's portfolio as this node knows it, and bookings that came too early to be applied.
///
/// Bookings may come twice, late and in any order; they are applied once and in theirs. Guarded by
/// the user's lock.
final class Sequencer {
  /// More early ones than this are forgotten: the log has them.
  private static final int MAX_EARLY = 64;

  private final TreeMap<Long, Booking> early = new TreeMap<>();
  private Portfolio portfolio;
  private String heardEpoch;
  private long heardSeq;

  Sequencer(Portfolio loaded) {
    this.portfolio = loaded;
    this.heardEpoch = loaded.epoch();
    this.heardSeq = loaded.seq();
  }

  Portfolio portfolio() {
    return portfolio;
  }

  /// One booking and what the portfolio became by it.
  record Step(Booking booking, Portfolio after) {}

  /// Takes in a booking and tells which ones are applied by it, in order: none when it came before
  /// or comes too early.
  List<Step> take(Booking booking) {
    heard(booking.epoch(), booking.seq());
    if (!booking.epoch().equals(portfolio.epoch()) || booking.seq() <= portfolio.seq()) {
      return List.of();
    }
    if (booking.prevSeq() != portfolio.seq()) {
      if (early.size() < MAX_EARLY) {
        early.put(booking.prevSeq(), booking);
      }
      return List.of();
    }
    var steps = new ArrayList<Step>(1);
    for (var next = booking; next != null; next = early.remove(portfolio.seq())) {
      portfolio = portfolio.apply(next);
      steps.add(new Step(next, portfolio));
    }
    early.headMap(portfolio.seq()).clear();
    return steps;
  }

  /// Notes that the ledger stands at a position.
  void heard(String epoch, long seq) {
    if (!epoch.equals(heardEpoch) || seq > heardSeq) {
      heardEpoch = epoch;
      heardSeq = seq;
    }
  }

  /// Whether the ledger is known to stand elsewhere.
  boolean isBehind() {
    return !heardEpoch.equals(portfolio.epoch()) || heardSeq > portfolio.seq();
  }

  /// The log was read from here on: what was heard of another numbering was old.
  void confirm() {
    if (!heardEpoch.equals(portfolio.epoch())) {
      heardEpoch = portfolio.epoch();
      heardSeq = portfolio.seq();
    }
  }

  /// Takes in a portfolio that was read as a whole.
  ///
  /// @return whether it replaced the one here: not when that one is as far or further
  boolean replace(Portfolio loaded) {
    if (loaded.epoch().equals(portfolio.epoch()) && loaded.seq() <= portfolio.seq()) {
      confirm();
      return false;
    }
    portfolio = loaded;
    early.clear();
    confirm();
    return true;
  }
}
