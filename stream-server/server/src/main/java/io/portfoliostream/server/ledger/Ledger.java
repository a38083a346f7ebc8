package io.portfoliostream.server.ledger;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The only writer of portfolios.
///
/// A booking locks the user's portfolio row, decides on what it finds there, and in the same
/// transaction stores the new state, the events with their numbers, and the portfolio's new number.
/// Only then does anyone hear of it: what was published is in the database, and what was lost on
/// the way to a client can be read again.
public final class Ledger {
  private final Jdbi jdbi;
  private final Epochs epochs;
  private final InstantSource clock;
  private final Supplier<String> randomEpoch;
  private final Consumer<Booking> publisher;

  /// Creates the ledger on a migrated database.
  ///
  /// @param randomEpoch makes the random part of a new portfolio's epoch
  /// @param publisher hears of each booking after its commit, on the booking thread
  public Ledger(
      DataSource dataSource,
      InstantSource clock,
      Supplier<String> randomEpoch,
      Consumer<Booking> publisher) {
    this.jdbi = Jdbi.create(dataSource);
    this.epochs = new Epochs(jdbi);
    this.clock = clock;
    this.randomEpoch = randomEpoch;
    this.publisher = publisher;
  }

  /// The reading side.
  public PortfolioReads reads() {
    return new LedgerReads(jdbi, epochs);
  }

  /// Books what `rule` decides, and publishes it.
  ///
  /// @param arrivedAt when the cause reached this server
  /// @return the booking, empty when nothing changed
  /// @throws LedgerUnavailable while the database cannot be reached
  public Optional<Booking> book(UserId user, Cause cause, Instant arrivedAt, BookingRule rule) {
    var booked =
        Reachable.call(
            "book for " + user,
            () -> jdbi.inTransaction(handle -> book(handle, user, cause, arrivedAt, rule)));
    booked.ifPresent(publisher);
    return booked;
  }

  /// Forgets a user's portfolio and begins another one, under an epoch of its own: it is that of
  /// another broker account now. What was queued for the old account is not sent any more.
  ///
  /// @param link stores the other account, in the same transaction: no portfolio is ever taken for
  ///   that of another account
  public void reset(UserId user, String accountNumber, Consumer<Handle> link) {
    Reachable.call(
        "begin another portfolio for " + user,
        () ->
            jdbi.inTransaction(handle -> {
              handle
                  .createUpdate("delete from portfolio where user_id = :user")
                  .bind("user", user.value())
                  .execute();
              link.accept(handle);
              return handle
                  .createUpdate(
                      "insert into portfolio (user_id, epoch, account_number)"
                          + " values (:user, :epoch, :number)")
                  .bind("user", user.value())
                  .bind("epoch", randomEpoch.get())
                  .bind("number", accountNumber)
                  .execute();
            }));
  }

  /// The account whose state a user's portfolio holds, where that was ever told.
  public Optional<String> accountNumber(UserId user) {
    return Reachable.call(
        "read the account of " + user,
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery("select account_number from portfolio where user_id = :user")
                    .bind("user", user.value())
                    .map((row, _) -> Optional.ofNullable(row.getString("account_number")))
                    .findOne()
                    .orElse(Optional.empty())));
  }

  /// Forgets events older than `age`; who resumes from before them gets a snapshot.
  ///
  /// @return how many were forgotten
  public int forgetEventsOlderThan(Duration age) {
    var before = Timestamp.from(clock.instant().minus(age));
    return Reachable.call(
        "forget old events",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createUpdate("delete from portfolio_event where booked_at < :before")
                    .bind("before", before)
                    .execute()));
  }

  private Optional<Booking> book(
      Handle handle, UserId user, Cause cause, Instant arrivedAt, BookingRule rule) {
    var head = lock(handle, user);
    var store = new BookStore(handle, user);
    var books = new Books(store, user, head.seq(), head.account(), clock.instant());
    rule.decide(books);
    var booking =
        books.events().isEmpty()
            ? Optional.<Booking>empty()
            : Optional.of(booking(head, books, cause, arrivedAt));
    booking.ifPresent(made -> append(handle, store.writes(), made, books.now()));
    store.send();
    return booking;
  }

  private static Booking booking(Head head, Books books, Cause cause, Instant arrivedAt) {
    return new Booking(
        books.user(), head.epoch(), head.seq(), books.lastSeq(), books.events(), cause, arrivedAt);
  }

  private Head lock(Handle handle, UserId user) {
    var known = locked(handle, user);
    if (known.isPresent()) {
      return known.get();
    }
    handle
        .createUpdate(
            "insert into portfolio (user_id, epoch) values (:user, :epoch) on conflict do nothing")
        .bind("user", user.value())
        .bind("epoch", randomEpoch.get())
        .execute();
    return locked(handle, user).orElseThrow();
  }

  private Optional<Head> locked(Handle handle, UserId user) {
    return handle
        .createQuery("select * from portfolio where user_id = :user for update")
        .bind("user", user.value())
        .map((row, _) ->
            new Head(
                epochs.of(Columns.text(row, "epoch")),
                row.getLong("seq"),
                BookStore.accountRow(row)))
        .findOne();
  }

  /// What a portfolio's row tells under its lock.
  private record Head(String epoch, long seq, Books.AccountRow account) {}

  private static void append(Handle handle, Writes writes, Booking booking, Instant bookedAt) {
    var user = booking.user().value();
    var bodies = booking.events().stream().map(StoredEvent::write).toArray(String[]::new);
    writes.add(
        """
        insert into portfolio_event (user_id, seq, last_seq, body, cause, arrived_at, booked_at)
        select ?, ? + e.place, ?, e.body::jsonb, ?, ?, ?
        from unnest(?::text[]) with ordinality as e(body, place)
        """,
        user,
        booking.prevSeq(),
        booking.seq(),
        booking.cause().name(),
        Timestamp.from(booking.arrivedAt()),
        Timestamp.from(bookedAt),
        array(handle, bodies));
    writes.add("update portfolio set seq = ? where user_id = ?", booking.seq(), user);
  }

  private static Array array(Handle handle, String[] texts) {
    try {
      return handle.getConnection().createArrayOf("text", texts);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }
}
