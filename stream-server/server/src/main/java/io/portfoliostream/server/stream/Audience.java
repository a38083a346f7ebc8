package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.FeedNotice;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.Welcome;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Portfolio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The connections of one user, and how they are told things. Guarded by the user's lock.
///
/// Every message takes its client from where the one before left it to where the portfolio stands,
/// so what a filter kept back still moves the client on.
final class Audience {
  private final StreamContext context;
  private final Composer composer;
  private final Conflation conflation;
  private final Answers answers;
  private final List<StreamConnection> connections = new ArrayList<>(1);
  private @Nullable Proof proof;

  Audience(StreamContext context, Composer composer, Conflation conflation) {
    this.context = context;
    this.composer = composer;
    this.conflation = conflation;
    this.answers = new Answers(composer, context);
  }

  /// The digest of the portfolio at a position.
  private record Proof(StreamPosition at, Digest digest) {}

  boolean isEmpty() {
    return connections.isEmpty();
  }

  /// Those connected now; may be walked while connections leave.
  List<StreamConnection> all() {
    return List.copyOf(connections);
  }

  /// Takes a connection on, unless it ended already.
  void welcome(StreamConnection connection, Portfolio portfolio) {
    if (connection.hasEnded()) {
      return;
    }
    connections.add(connection);
    var settings = context.settings();
    var feeds = feeds();
    var usual = conflation.usualWindowMs();
    connection.subscription().become(Filter.NOTHING, conflation.cadence(usual), usual);
    connection.subscription().sent(portfolio.seq());
    connection.subscription().told(feeds);
    tell(
        connection,
        portfolio,
        new Welcome(
            connection.client().connectionId(),
            1,
            portfolio.epoch(),
            portfolio.seq(),
            settings.node(),
            new Welcome.Heartbeat(
                settings.heartbeat().interval().toMillis(),
                settings.heartbeat().timeout().toMillis()),
            new Welcome.Conflation(
                settings.conflation().window().toMillis(),
                settings.conflation().maxWait().toMillis(),
                settings.conflation().maxWindow().toMillis()),
            new Welcome.Limits(
                settings.limits().messageBytes(), settings.limits().messagesPerSecond()),
            feeds));
  }

  /// Takes a connection off.
  ///
  /// @return whether it was on
  boolean remove(StreamConnection connection) {
    var removed = connections.remove(connection);
    conflation.retain(connections);
    return removed;
  }

  /// Tells everyone of a booking, each what its filter lets through.
  void announce(Sequencer.Step step) {
    var content = Content.of(step.booking(), step.after(), context.view());
    var broadcast = Broadcast.booking(composer, step, content);
    for (var connection : all()) {
      broadcast.sendTo(connection);
    }
  }

  /// Shows everyone another portfolio, to which no replay leads.
  void showAll(Portfolio portfolio) {
    for (var connection : all()) {
      if (connection.subscription().filter().equals(Filter.NOTHING)) {
        connection.subscription().sent(portfolio.seq());
      } else {
        show(connection, portfolio);
      }
    }
  }

  /// Shows a connection what its client asked for: by a replay where the log has it, else by a
  /// snapshot.
  ///
  /// @param log bookings in order, up to the portfolio's seq; may be empty
  void grant(Wish wish, Portfolio portfolio, List<Booking> log) {
    var connection = wish.connection();
    if (connection.hasEnded()) {
      return;
    }
    var subscription = connection.subscription();
    var before = subscription.filter();
    var window = conflation.granted(wish.windowMs(), subscription.windowMs());
    subscription.become(wish.filter(), conflation.cadence(window), window);
    conflation.retain(connections);
    var sameView = before.equals(wish.filter()) || before.equals(Filter.NOTHING);
    var replay =
        wish.resume() == null || !sameView
            ? Optional.<Frame.Text>empty()
            : answers.replay(portfolio, view(subscription), wish.resume(), log);
    if (replay.isPresent()) {
      answer(connection, replay.get(), portfolio, true);
      conflation.sendCurrent(connection, portfolio);
    } else {
      show(connection, portfolio);
    }
  }

  /// As [#grant], while the ledger cannot be read: a client that may know more than this node is
  /// sent away instead of back in time.
  void grantFromMemory(Wish wish, Portfolio portfolio) {
    var resume = wish.resume();
    if (resume != null
        && (!resume.epoch().equals(portfolio.epoch()) || resume.seq() > portfolio.seq())) {
      wish.connection().end(CloseCode.RESTART, "the ledger cannot be read");
    } else {
      grant(wish, portfolio, List.of());
    }
  }

  /// Tells a connection something that changes no portfolio.
  void tell(StreamConnection connection, Portfolio portfolio, Payload payload) {
    var subscription = connection.subscription();
    var seq = portfolio.seq();
    connection.send(composer.message(FrameKind.CONTROL, subscription.prevSeq(seq), seq, payload));
    subscription.sent(seq);
  }

  /// Tells a connection the digest of what it should hold, when it holds enough to compare.
  void prove(StreamConnection connection, Portfolio portfolio) {
    if (connection.subscription().filter().isProvable()) {
      tell(connection, portfolio, digest(portfolio));
    }
  }

  /// Tells everyone of a feed that went stale or came back, unless they know.
  void tellFeeds(Portfolio portfolio) {
    var feeds = feeds();
    for (var connection : all()) {
      var subscription = connection.subscription();
      var trading = subscription.knowsTrading(feeds);
      var marketData = subscription.knowsMarketData(feeds);
      subscription.told(feeds);
      if (!trading) {
        tell(connection, portfolio, notice(FeedNotice.Source.TRADING, feeds.trading()));
      }
      if (!marketData) {
        tell(connection, portfolio, notice(FeedNotice.Source.MARKET_DATA, feeds.marketData()));
      }
    }
  }

  private void show(StreamConnection connection, Portfolio portfolio) {
    var snapshot = answers.snapshot(portfolio, view(connection.subscription()));
    answer(connection, snapshot, portfolio, false);
  }

  private void answer(
      StreamConnection connection, Frame.Text answer, Portfolio portfolio, boolean replayed) {
    connection.withdrawMarks();
    connection.send(answer);
    connection.subscription().begin();
    connection.subscription().sent(portfolio.seq());
    connection.subscription().told(feeds());
    context.metrics().answered(replayed);
  }

  private Answers.View view(Subscription subscription) {
    return new Answers.View(subscription.filter(), subscription.windowMs(), feeds());
  }

  private Digest digest(Portfolio portfolio) {
    var at = new StreamPosition(portfolio.epoch(), portfolio.seq());
    var known = proof;
    if (known == null || !known.at.equals(at)) {
      var value = context.view().digest(portfolio);
      known = new Proof(at, new Digest(at.seq(), StateDigest.ALGORITHM, value));
      proof = known;
    }
    return known.digest;
  }

  private static FeedNotice notice(FeedNotice.Source source, Feeds.Feed feed) {
    return new FeedNotice(
        feed.state() == Feeds.State.STALE, source, feed.since(), feed.lastEventAt());
  }

  private Feeds feeds() {
    return context.view().feeds(composer.owner());
  }
}
