package io.portfoliostream.server.chaos;

import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A user's client: it folds what the bus tells, reads what it missed from the log as a resuming
/// client does, and never begins anew unless it must. Safe for several threads.
final class PortfolioView {
  private static final int REPLAY = 100_000;

  private final UserId user;
  private @Nullable Portfolio portfolio;
  private long gaps;
  private long snapshots;

  PortfolioView(UserId user) {
    this.user = user;
  }

  /// Hears a server from now on, and catches up with what it missed before.
  void connect(EventBus bus, PortfolioReads reads) {
    var _ = bus.subscribe(user, this::hear);
    catchUp(reads);
  }

  /// Reads what is missing.
  synchronized void catchUp(PortfolioReads reads) {
    var known = portfolio;
    var missed =
        known == null
            ? Optional.<List<Booking>>empty()
            : reads.since(user, known.epoch(), known.seq(), REPLAY);
    if (known == null || missed.isEmpty()) {
      portfolio = reads.load(user);
      snapshots++;
      return;
    }
    for (var booking : missed.get()) {
      known = known.apply(booking);
    }
    portfolio = known;
  }

  /// What the client has.
  synchronized Portfolio portfolio() {
    if (portfolio == null) {
      throw new IllegalStateException("never connected");
    }
    return portfolio;
  }

  /// How often something came that does not follow.
  synchronized long gaps() {
    return gaps;
  }

  /// How often it had to begin anew.
  synchronized long snapshots() {
    return snapshots;
  }

  private synchronized void hear(Booking booking) {
    var known = portfolio;
    if (known == null || isOld(known, booking)) {
      return;
    }
    if (!booking.epoch().equals(known.epoch()) || booking.prevSeq() != known.seq()) {
      gaps++;
      return;
    }
    portfolio = known.apply(booking);
  }

  private static boolean isOld(Portfolio known, Booking booking) {
    return booking.epoch().equals(known.epoch()) && booking.seq() <= known.seq();
  }
}
