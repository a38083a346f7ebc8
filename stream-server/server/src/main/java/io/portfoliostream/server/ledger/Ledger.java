package io.portfoliostream.server.ledger;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
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
    var books = new Books(new BookStore(handle, user), user, head.seq(), clock.instant());
    rule.decide(books);
    if (books.events().isEmpty()) {
      return Optional.empty();
    }
    var seq = head.seq() + books.events().size();
    var booking =
        new Booking(user, head.epoch(), head.seq(), seq, books.events(), cause, arrivedAt);
    append(handle, booking, books.now());
    handle
        .createUpdate("update portfolio set seq = :seq where user_id = :user")
        .bind("seq", seq)
        .bind("user", user.value())
        .execute();
    return Optional.of(booking);
  }

  private PortfolioReads.Position lock(Handle handle, UserId user) {
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

  private Optional<PortfolioReads.Position> locked(Handle handle, UserId user) {
    return handle
        .createQuery("select epoch, seq from portfolio where user_id = :user for update")
        .bind("user", user.value())
        .map((row, _) ->
            new PortfolioReads.Position(epochs.of(Columns.text(row, "epoch")), row.getLong("seq")))
        .findOne();
  }

  private static void append(Handle handle, Booking booking, Instant bookedAt) {
    var batch =
        handle.prepareBatch(
            """
            insert into portfolio_event (user_id, seq, last_seq, body, cause, arrived_at, booked_at)
            values (:user, :seq, :last, cast(:body as jsonb), :cause, :arrived, :booked)
            """);
    var bodies = booking.events().stream().map(StoredEvent::write).toList();
    for (var index : indices(bodies)) {
      batch
          .bind("user", booking.user().value())
          .bind("seq", booking.prevSeq() + 1 + index)
          .bind("last", booking.seq())
          .bind("body", bodies.get(index))
          .bind("cause", booking.cause().name())
          .bind("arrived", Timestamp.from(booking.arrivedAt()))
          .bind("booked", Timestamp.from(bookedAt))
          .add();
    }
    batch.execute();
  }

  private static List<Integer> indices(List<?> list) {
    return IntStream.range(0, list.size()).boxed().toList();
  }
}
