package io.portfoliostream.client;

import io.portfoliostream.client.Outcome.Answered;
import io.portfoliostream.client.Outcome.Applied;
import io.portfoliostream.client.Outcome.DigestDiffers;
import io.portfoliostream.client.Outcome.GapFound;
import io.portfoliostream.client.Outcome.Ignored;
import io.portfoliostream.client.Outcome.Proved;
import io.portfoliostream.client.Outcome.Rejected;
import io.portfoliostream.client.Outcome.Why;
import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.ErrorNotice;
import io.portfoliostream.protocol.FeedNotice;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.protocol.Welcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A copy of one user's portfolio, kept by the server's messages: the numbering rule, and the fold.
///
/// Low-level: [PortfolioClient] drives one over a socket; tests and other transports may drive one
/// by hand. It has no socket, clock or thread, and is not safe for several threads; what
/// [#portfolio] returns is.
///
/// ```
///  awaiting an answer ──subscribed──► current ──gap──────► awaiting (resume)
///         ▲                              ├─────digest────► awaiting (fresh snapshot)
///         └────────────welcome───────────┘
/// ```
///
/// While it awaits an answer it applies nothing. Notices of stale sources are not part of the
/// numbered portfolio: they are believed at any time.
public final class PortfolioReplica {
  private static final int PROTOCOL = 1;

  private PortfolioCache cache;
  private boolean awaiting = true;
  private boolean snapshotNeeded;
  private @Nullable String userId;

  /// An empty replica that awaits its first answer.
  ///
  /// @param tradesKept the most executions that it holds
  public PortfolioReplica(int tradesKept) {
    this.cache = PortfolioCache.empty(tradesKept);
  }

  /// What it holds now.
  public PortfolioView portfolio() {
    return cache;
  }

  /// Whether nothing is applied until the next `subscribed`.
  public boolean awaitsAnswer() {
    return awaiting;
  }

  /// The position for the next `subscribe` or `resume`; absent when a snapshot is needed, which a
  /// `subscribe` without a position gives.
  public Optional<StreamPosition> resumeFrom() {
    return snapshotNeeded ? Optional.empty() : cache.streamPosition();
  }

  /// The name of its sequenced state, see [StateDigest].
  public String digest() {
    return cache.digest();
  }

  /// Takes the next message of the connection.
  public Outcome apply(ServerMessage message) {
    if (userId != null && !userId.equals(message.userId())) {
      return rejected("a message for another user");
    }
    return switch (message.data()) {
      case Welcome welcome -> greeted(message, welcome);
      case Subscribed answer -> answered(message, answer);
      case FeedNotice notice -> noticed(message, notice);
      case Digest digest -> proved(message, digest);
      case PositionUpdate _,
          OrderUpdate _,
          AccountUpdate _,
          TradeExecuted _,
          BatchUpdate _,
          Pong _,
          ErrorNotice _,
          Shutdown _ ->
          moved(message);
    };
  }

  /// Takes a message that could not even be read: it changes nothing.
  public Rejected rejected(String reason) {
    boolean ask = !awaiting;
    awaiting = true;
    return new Rejected(reason, ask);
  }

  /// Becomes what REST says, unless that is older: what polling does, and a check when the stream
  /// stays behind.
  public Outcome adopt(Rest.Portfolio read) {
    var at = cache.at();
    if (at != null && at.epoch().equals(read.epoch()) && read.seq() < at.seq()) {
      return new Ignored(Why.OLD);
    }
    var fold = new Fold(cache).replace(read.portfolio(), true).feeds(read.feeds());
    cache = fold.at(new StreamPosition(read.epoch(), read.seq()), read.asOf());
    snapshotNeeded = false;
    return new Applied(fold.changes());
  }

  /// Compares with what REST says; at the same number differences are repaired.
  Comparison compare(Rest.Portfolio read) {
    var at = cache.at();
    if (at == null || awaiting) {
      return new Comparison.Unready();
    }
    if (!at.epoch().equals(read.epoch())) {
      return new Comparison.OtherEpoch();
    }
    if (read.seq() != at.seq()) {
      return read.seq() < at.seq() ? new Comparison.Behind() : new Comparison.Ahead();
    }
    var repair = new Repair(cache, read.portfolio());
    int differences = repair.run();
    cache = repair.fold().at(at, read.asOf());
    return new Comparison.Compared(differences, repair.fold().changes());
  }

  private Outcome greeted(ServerMessage message, Welcome welcome) {
    if (welcome.protocol() != PROTOCOL) {
      return rejected("protocol " + welcome.protocol());
    }
    userId = message.userId();
    awaiting = true;
    var fold = new Fold(cache).greeted(welcome);
    cache = fold.at(cache.at(), message.timestamp());
    return new Applied(fold.changes());
  }

  private Outcome answered(ServerMessage message, Subscribed answer) {
    if (!awaiting && answer.recovered()) {
      return replayed(message, answer);
    }
    var outcome = answer.recovered() ? replayed(message, answer) : replaced(message, answer);
    if (outcome instanceof Rejected(var reason, _)) {
      // The same question would get the same answer: ask for a snapshot instead, once.
      boolean ask = !snapshotNeeded;
      awaiting = true;
      snapshotNeeded = true;
      return new Rejected(reason, ask);
    }
    return outcome;
  }

  private Outcome replaced(ServerMessage message, Subscribed answer) {
    var snapshot = answer.snapshot();
    if (snapshot == null || answer.seq() < 0) {
      return rejected("an answer without replay and snapshot");
    }
    var fold = new Fold(cache).replace(snapshot, false).feeds(answer.feeds());
    return caughtUp(fold, message, new StreamPosition(answer.epoch(), answer.seq()), false);
  }

  private Outcome replayed(ServerMessage message, Subscribed answer) {
    var at = cache.at();
    if (snapshotNeeded || at == null || !at.epoch().equals(answer.epoch())) {
      return rejected("a replay that was not asked for");
    }
    if (answer.seq() < at.seq()) {
      // REST was read meanwhile and is further: the stream will catch up with it.
      return awaiting ? caughtUp(new Fold(cache), message, at, true) : new Ignored(Why.OLD);
    }
    return replayed(message, answer, at);
  }

  private Outcome replayed(ServerMessage message, Subscribed answer, StreamPosition at) {
    var fold = new Fold(cache);
    long seq = at.seq();
    for (var step : answer.replay() == null ? List.<ServerMessage>of() : answer.replay()) {
      if (!isEvent(step.data()) || !step.userId().equals(message.userId())) {
        return rejected("a replay of something else than the user's events");
      }
      if (step.prevSeq() > seq || step.seq() > answer.seq()) {
        return rejected("a replay with a hole");
      }
      seq = replay(fold, seq, step);
    }
    fold.feeds(answer.feeds());
    return caughtUp(fold, message, new StreamPosition(at.epoch(), answer.seq()), true);
  }

  private static long replay(Fold fold, long seq, ServerMessage step) {
    if (step.seq() <= seq) {
      return seq;
    }
    fold.events(step.data());
    return step.seq();
  }

  private Outcome caughtUp(Fold fold, ServerMessage message, StreamPosition at, boolean recovered) {
    cache = fold.at(at, message.timestamp());
    awaiting = false;
    snapshotNeeded = false;
    return new Answered(fold.changes(), recovered);
  }

  private Outcome noticed(ServerMessage message, FeedNotice notice) {
    var outcome = moved(message);
    if (outcome instanceof Applied) {
      return outcome;
    }
    var fold = new Fold(cache).marks(notice);
    cache = fold.at(cache.at(), message.timestamp());
    return outcome instanceof Ignored ? new Applied(fold.changes()) : outcome;
  }

  private Outcome proved(ServerMessage message, Digest digest) {
    var outcome = moved(message);
    var at = cache.at();
    if (!(outcome instanceof Applied)
        || at == null
        || at.seq() != digest.seq()
        || !digest.algorithm().equals(StateDigest.ALGORITHM)) {
      return outcome;
    }
    if (digest.value().equals(cache.digest())) {
      return new Proved();
    }
    awaiting = true;
    snapshotNeeded = true;
    return new DigestDiffers(at);
  }

  /// The rule of the numbering, and what follows from it.
  private Outcome moved(ServerMessage message) {
    var at = cache.at();
    if (awaiting || at == null) {
      return new Ignored(Why.AWAITING_ANSWER);
    }
    if (at.seq() < message.prevSeq()) {
      awaiting = true;
      return new GapFound(at);
    }
    if (message.seq() < at.seq()) {
      return new Ignored(Why.OLD);
    }
    boolean marksOnly = message.prevSeq() == message.seq();
    var fold = new Fold(cache);
    fold = marksOnly ? fold.marks(message.data()) : fold.events(message.data());
    cache = fold.at(new StreamPosition(at.epoch(), message.seq()), message.timestamp());
    return new Applied(fold.changes());
  }

  private static boolean isEvent(Payload data) {
    return switch (data) {
      case PositionUpdate _, OrderUpdate _, AccountUpdate _, TradeExecuted _, BatchUpdate _ -> true;
      case Welcome _, Subscribed _, FeedNotice _, Digest _, Pong _, ErrorNotice _, Shutdown _ ->
          false;
    };
  }
}
