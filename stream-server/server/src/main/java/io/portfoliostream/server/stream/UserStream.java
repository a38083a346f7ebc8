package io.portfoliostream.server.stream;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.Payload;
import io.portfoliostream.server.bus.Registration;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.PortfolioEvent.PositionChanged;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One user's stream on this node: the portfolio, who watches it, and the order in which they are
/// told. Lives as long as the user has a connection.
///
/// Everything that decides what is said happens under one lock, held for no I/O; the ledger is read
/// outside of it.
final class UserStream {
  private final UserId user;
  private final StreamContext context;
  private final Holders holders;
  private final Consumer<UserStream> onRetired;
  private final Conflation conflation;
  private final Audience audience;
  private final Reading reading;
  private final ReentrantLock loading = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private Set<String> held = Set.of();
  private @Nullable Sequencer sequencer;
  private @Nullable Booking heardEarly;
  private Registration registration = () -> {};
  private int joining;
  private boolean retired;

  /// @param onRetired runs when the last connection left
  UserStream(UserId user, StreamContext context, Holders holders, Consumer<UserStream> onRetired) {
    this.user = user;
    this.context = context;
    this.holders = holders;
    this.onRetired = onRetired;
    var composer = new Composer(user, context);
    this.conflation = new Conflation(this, context, composer);
    this.audience = new Audience(context, composer, conflation);
    this.reading = new Reading(this, context, user);
  }

  /// Welcomes a connection, unless it ended already; empty when this stream has retired. Reads the
  /// ledger for the first one.
  ///
  /// @param create makes the connection once the portfolio is there; may block
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when it cannot be read
  Optional<StreamConnection> join(Function<Subscription, StreamConnection> create) {
    if (!locked(this::enter)) {
      return Optional.empty();
    }
    try {
      load();
      var connection = create.apply(new Subscription(conflation.usual()));
      locked(() -> audience.welcome(connection, portfolio()));
      return Optional.of(connection);
    } finally {
      locked(() -> {
        joining--;
        retireIfDeserted();
      });
    }
  }

  /// Tells a connection nothing more.
  void leave(StreamConnection connection) {
    locked(() -> {
      if (audience.remove(connection)) {
        retireIfDeserted();
      }
    });
  }

  private boolean enter() {
    joining += retired ? 0 : 1;
    return !retired;
  }

  private void load() {
    loading.lock();
    try {
      if (locked(() -> sequencer != null)) {
        return;
      }
      var listening = context.sources().bus().subscribe(user, this::booked);
      try {
        var portfolio = context.sources().reads().load(user);
        locked(() -> start(portfolio, listening));
      } catch (RuntimeException e) {
        listening.close();
        throw e;
      }
    } finally {
      loading.unlock();
    }
  }

  private void start(Portfolio portfolio, Registration listening) {
    sequencer = new Sequencer(portfolio);
    registration = listening;
    hold(portfolio);
    if (heardEarly != null) {
      heard(heardEarly.epoch(), heardEarly.seq());
      heardEarly = null;
    }
  }

  private void retireIfDeserted() {
    if (!retired && joining == 0 && audience.isEmpty()) {
      retired = true;
      registration.close();
      held.forEach(symbol -> holders.remove(symbol, this));
      held = Set.of();
      onRetired.accept(this);
    }
  }

  /// A booking came over the bus.
  void booked(Booking booking) {
    locked(() -> {
      if (sequencer == null) {
        heardEarly = booking;
      } else if (!retired) {
        apply(booking);
        heard(booking.epoch(), booking.seq());
      }
    });
  }

  /// The ledger was seen at a position.
  void noticed(PortfolioReads.Position position) {
    locked(() -> {
      if (!retired && sequencer != null) {
        heard(position.epoch(), position.seq());
      }
    });
  }

  private void heard(String epoch, long seq) {
    sequencer().heard(epoch, seq);
    if (isBehind()) {
      reading.whenPatienceEnds();
    }
  }

  /// The log was read from here to its end.
  void caughtUp(List<Booking> bookings) {
    locked(() -> {
      bookings.forEach(this::apply);
      sequencer().confirm();
    });
  }

  /// The portfolio was read as a whole since the log cannot lead to it: when it differs everyone
  /// gets it.
  void adopt(Portfolio loaded) {
    locked(() -> {
      if (!retired && sequencer().replace(loaded)) {
        hold(loaded);
        conflation.discardAll();
        audience.showAll(loaded);
      }
    });
  }

  private void apply(Booking booking) {
    if (!retired) {
      sequencer().take(booking).forEach(this::announce);
    }
  }

  private void announce(Sequencer.Step step) {
    var positionsChanged = false;
    for (var event : step.booking().events()) {
      if (event instanceof PositionChanged(var position)) {
        conflation.discard(position.symbol());
        positionsChanged = true;
      }
    }
    if (positionsChanged) {
      hold(step.after());
    }
    audience.announce(step);
  }

  private void hold(Portfolio portfolio) {
    var now = portfolio.positions().keySet();
    for (var symbol : held) {
      if (!now.contains(symbol)) {
        holders.remove(symbol, this);
      }
    }
    for (var symbol : now) {
      if (!held.contains(symbol)) {
        holders.add(symbol, this);
      }
    }
    held = now;
  }

  /// The price of a symbol changed that this user holds. Called once per tick and holder: makes
  /// nothing but the flag.
  void touch(String symbol, Instant arrivedAt, long arrivedNanos, Instant knownAt) {
    lock.lock();
    try {
      conflation.touch(symbol, arrivedAt, arrivedNanos, knownAt);
    } finally {
      lock.unlock();
    }
  }

  /// A feed went stale or came back, perhaps this user's.
  void feedsChanged() {
    locked(() -> {
      if (sequencer != null) {
        audience.tellFeeds(portfolio());
      }
    });
  }

  /// Shows a connection what its client asked for. Blocks while the ledger is read.
  void answer(Wish wish) {
    reading.answer(wish);
  }

  /// Answers at the end of `log`, unless the portfolio has moved on from there.
  ///
  /// @param upTo the seq at which the log ends
  boolean answer(Wish wish, List<Booking> log, long upTo) {
    return locked(() -> {
      log.forEach(this::apply);
      if (portfolio().seq() != upTo) {
        return false;
      }
      audience.grant(wish, portfolio(), log);
      return true;
    });
  }

  void answerWithSnapshot(Wish wish) {
    locked(() -> audience.grant(wish, portfolio(), List.of()));
  }

  void answerFromMemory(Wish wish) {
    locked(() -> audience.grantFromMemory(wish, portfolio()));
  }

  void tell(StreamConnection connection, Payload payload) {
    locked(() -> audience.tell(connection, portfolio(), payload));
  }

  /// Pings a connection, and proves its view where it can be proven.
  void beat(StreamConnection connection, byte[] payload) {
    locked(() -> {
      connection.send(new Frame.Ping(user, payload));
      audience.prove(connection, portfolio());
    });
  }

  UserId user() {
    return user;
  }

  Filter filter(StreamConnection connection) {
    return locked(connection.subscription()::filter);
  }

  boolean isBehind() {
    return locked(() -> !retired && sequencer().isBehind());
  }

  PortfolioReads.Position position() {
    return locked(() -> new PortfolioReads.Position(portfolio().epoch(), portfolio().seq()));
  }

  Portfolio portfolio() {
    return sequencer().portfolio();
  }

  List<StreamConnection> connections() {
    return locked(audience::all);
  }

  private Sequencer sequencer() {
    return requireNonNull(sequencer, "the portfolio is not loaded yet");
  }

  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }
}
