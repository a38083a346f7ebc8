package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.UserId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one user's ledger, always without the user's lock: to fill holes in what the bus brought,
/// and to answer clients at a position that has caught up with the log.
final class Reading {
  private static final Logger LOG = System.getLogger(Reading.class.getName());

  /// Live bookings may pass while the log is read; then the rest is read too. With this many
  /// readings behind them the client gets a snapshot.
  private static final int ATTEMPTS = 3;

  private final UserStream stream;
  private final StreamContext context;
  private final UserId user;
  private boolean armed;

  Reading(UserStream stream, StreamContext context, UserId user) {
    this.stream = stream;
    this.context = context;
    this.user = user;
  }

  /// Reads the log unless the hole in the numbers heals by itself. Called under the user's lock.
  void whenPatienceEnds() {
    arm(context.settings().upkeep().gapPatience());
  }

  /// Answers a client: with a replay where that is possible, else with a snapshot. Blocks.
  void answer(Wish wish) {
    try {
      answerFromLedger(wish);
    } catch (LedgerUnavailable e) {
      LOG.log(Level.DEBUG, "Answering from memory", e);
      stream.answerFromMemory(wish);
    }
  }

  private void answerFromLedger(Wish wish) {
    var at = stream.position();
    var from = start(wish.resume(), at);
    var log = new ArrayList<Booking>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var read = since(at.epoch(), from);
      if (read.isEmpty()) {
        break;
      }
      log.addAll(read.get());
      from = log.isEmpty() ? from : log.getLast().seq();
      if (stream.answer(wish, log, from)) {
        return;
      }
    }
    readOn();
    stream.answerWithSnapshot(wish);
  }

  /// Where to read from: the client's own place where a replay may lead from there, else ours.
  private long start(@Nullable StreamPosition resume, PortfolioReads.Position at) {
    if (resume == null || !resume.epoch().equals(at.epoch())) {
      return at.seq();
    }
    var behind = at.seq() - resume.seq();
    return behind >= 0 && behind <= context.settings().replay().events() ? resume.seq() : at.seq();
  }

  private void arm(Duration patience) {
    if (!armed) {
      armed = true;
      context.later(patience, this::fillGap);
    }
  }

  private void fillGap() {
    var patience = context.settings().upkeep().gapPatience();
    if (stream.isBehind()) {
      try {
        readOn();
        context.metrics().gapFilled();
      } catch (LedgerUnavailable e) {
        LOG.log(Level.DEBUG, "The ledger cannot be read; the gap stays", e);
        patience = context.settings().upkeep().checkInterval();
      }
    }
    var next = patience;
    stream.locked(() -> disarm(next));
  }

  private void disarm(Duration patience) {
    armed = false;
    if (stream.isBehind()) {
      arm(patience);
    }
  }

  /// Brings the stream to where the ledger stands.
  private void readOn() {
    var at = stream.position();
    var missed = since(at.epoch(), at.seq());
    if (missed.isPresent()) {
      stream.caughtUp(missed.get());
    } else {
      stream.adopt(reads().load(user));
    }
  }

  private Optional<List<Booking>> since(String epoch, long seq) {
    return reads().since(user, epoch, seq, context.settings().replay().events());
  }

  private PortfolioReads reads() {
    return context.sources().reads();
  }
}
