package io.portfoliostream.server.stream;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A ledger in memory: books, and is read. Remembers every portfolio that ever was.
public final class MemoryLedger implements PortfolioReads {
  private final Map<UserId, Book> books = new HashMap<>();
  private final Map<UserId, Map<StreamPosition, Portfolio>> history = new HashMap<>();
  private boolean unavailable;
  private Runnable duringRead = () -> {};
  private int reads;

  /// One user's events.
  private static final class Book {
    private final String epoch;
    private final List<Booking> log = new ArrayList<>();
    private Portfolio head;
    private long forgottenUpTo;

    Book(UserId user, String epoch) {
      this.epoch = epoch;
      this.head = Portfolio.empty(user, epoch);
    }
  }

  /// Books events in one transaction; nobody is told.
  public Booking book(UserId user, Instant arrivedAt, List<PortfolioEvent> events) {
    var book = book(user);
    var seq = book.head.seq();
    var booking =
        new Booking(user, book.epoch, seq, seq + events.size(), events, Cause.STREAM, arrivedAt);
    book.head = book.head.apply(booking);
    book.log.add(booking);
    remember(book.head);
    return booking;
  }

  /// Begins another numbering, as a restore does: what was held is there again, under other
  /// numbers.
  public void restore(UserId user, String epoch) {
    var before = book(user).head;
    var book = new Book(user, epoch);
    book.head =
        new Portfolio(
            user, epoch, 1, before.positions(), before.orders(), before.trades(), before.account());
    book.forgottenUpTo = 1;
    remember(book.head);
    books.put(user, book);
  }

  /// Forgets the log of a user up to its end.
  public void forget(UserId user) {
    book(user).forgottenUpTo = book(user).head.seq();
  }

  /// Whether reads fail from now on.
  public void unavailable(boolean now) {
    unavailable = now;
  }

  /// Runs once within the next read, after it looked and before it answers.
  public void duringNextRead(Runnable happens) {
    duringRead = happens;
  }

  /// How often it was read.
  public int reads() {
    return reads;
  }

  /// The portfolio as it is.
  public Portfolio head(UserId user) {
    return book(user).head;
  }

  /// The portfolio as it was at a position, if it ever stood there.
  public Optional<Portfolio> at(UserId user, String epoch, long seq) {
    return Optional.ofNullable(
        history.getOrDefault(user, Map.of()).get(new StreamPosition(epoch, seq)));
  }

  /// All bookings of the present numbering.
  public List<Booking> log(UserId user) {
    return List.copyOf(book(user).log);
  }

  @Override
  public Portfolio load(UserId user) {
    var seen = look(user).head;
    happen();
    return seen;
  }

  @Override
  public Optional<List<Booking>> since(UserId user, String epoch, long seq, int limit) {
    var book = look(user);
    var behind = book.head.seq() - seq;
    var told =
        !book.epoch.equals(epoch) || behind < 0 || behind > limit || seq < book.forgottenUpTo
            ? Optional.<List<Booking>>empty()
            : Optional.of(book.log.stream().filter(booking -> booking.prevSeq() >= seq).toList());
    happen();
    return told;
  }

  @Override
  public Map<UserId, PortfolioReads.Position> positions(Collection<UserId> users) {
    var positions = new HashMap<UserId, PortfolioReads.Position>();
    for (var user : users) {
      var head = look(user).head;
      positions.put(user, new PortfolioReads.Position(head.epoch(), head.seq()));
    }
    return positions;
  }

  @Override
  public List<Order> orders(UserId user, OrderFilter filter) {
    throw new UnsupportedOperationException("the stream reads no pages");
  }

  @Override
  public Optional<Order> order(UserId user, String id) {
    throw new UnsupportedOperationException("the stream reads no single order");
  }

  @Override
  public List<Execution> trades(UserId user, int limit, @Nullable String before) {
    throw new UnsupportedOperationException("the stream reads no pages");
  }

  private Book look(UserId user) {
    reads++;
    if (unavailable) {
      throw new LedgerUnavailable("switched off", new IllegalStateException("on purpose"));
    }
    return book(user);
  }

  private void happen() {
    var happens = duringRead;
    duringRead = () -> {};
    happens.run();
  }

  private Book book(UserId user) {
    if (!books.containsKey(user)) {
      var book = new Book(user, "e1");
      books.put(user, book);
      remember(book.head);
    }
    return requireNonNull(books.get(user));
  }

  private void remember(Portfolio portfolio) {
    history
        .computeIfAbsent(portfolio.user(), _ -> new HashMap<>())
        .put(new StreamPosition(portfolio.epoch(), portfolio.seq()), portfolio);
  }
}
