package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.orders.OrderValidation.Checked.Invalid;
import io.portfoliostream.server.orders.OrderValidation.Checked.Valid;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Links;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.UserId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes orders in: an accepted order is booked as queued and its submission enqueued, in one
/// transaction. The outcome comes later, as events of the order.
public final class OrderEntry {
  /// Longest idempotency key, in characters.
  public static final int MAX_KEY = 128;

  private final Ledger ledger;
  private final PortfolioReads reads;
  private final InstantSource clock;
  private final Supplier<String> newId;
  private final Predicate<UserId> isLinked;
  private final Runnable wake;

  /// Creates order entry.
  ///
  /// @param newId names an order
  /// @param isLinked whether a user has a broker account
  /// @param wake tells the worker that there is work
  public OrderEntry(
      Ledger ledger,
      InstantSource clock,
      Supplier<String> newId,
      Predicate<UserId> isLinked,
      Runnable wake) {
    this.ledger = ledger;
    this.reads = ledger.reads();
    this.clock = clock;
    this.newId = newId;
    this.isLinked = isLinked;
    this.wake = wake;
  }

  /// What became of a request.
  public sealed interface Result {
    /// Booked as queued at `seq`; or, for a repeated key, what it was booked as then.
    record Accepted(Order order, String epoch, long seq) implements Result {}

    /// The fields at fault.
    record Invalid(List<FieldError> errors) implements Result {}

    /// The key came before with another body.
    record KeyReused() implements Result {}

    /// The user has no broker account.
    record NotLinked() implements Result {}
  }

  /// Takes an order in, once per idempotency key.
  ///
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when it could not be stored; the
  ///   same key may be tried again
  public Result submit(UserId user, OrderRequest request, String idempotencyKey) {
    if (!isLinked.test(user)) {
      return new Result.NotLinked();
    }
    return switch (OrderValidation.check(request)) {
      case Invalid(var errors) -> new Result.Invalid(errors);
      case Valid(var terms) -> submit(user, terms, idempotencyKey, hash(request));
    };
  }

  private Result submit(UserId user, Terms terms, String key, String hash) {
    var entry = new Entry(terms, key, hash);
    var booked =
        ledger.book(user, Cause.ORDER_ENTRY, clock.instant(), books -> decide(books, entry));
    if (entry.earlier != null) {
      return repeated(user, entry.earlier, hash);
    }
    wake.run();
    var order = entry.order;
    var booking = booked.orElseThrow();
    if (order == null) {
      throw new IllegalStateException("an order was booked and is not known");
    }
    return new Result.Accepted(order, booking.epoch(), booking.seq());
  }

  private Result repeated(UserId user, Earlier earlier, String hash) {
    if (!earlier.hash().equals(hash)) {
      return new Result.KeyReused();
    }
    var head = Optional.ofNullable(reads.positions(List.of(user)).get(user)).orElseThrow();
    return new Result.Accepted(earlier.order(), head.epoch(), earlier.seq());
  }

  private void decide(Books books, Entry entry) {
    entry.earlier = earlier(books, entry.key);
    if (entry.earlier != null) {
      return;
    }
    var id = newId.get();
    var order =
        new Order(
            id, null, id, entry.terms, Progress.queued(), Links.NONE, books.now(), books.now());
    books.record(order);
    entry.order = order;
    books
        .handle()
        .createUpdate(
            "insert into order_key (user_id, key, request_hash, order_id, seq)"
                + " values (:user, :key, :hash, :order, :seq)")
        .bind("user", books.user().value())
        .bind("key", entry.key)
        .bind("hash", entry.hash)
        .bind("order", id)
        .bind("seq", books.seq() + 1)
        .execute();
    JobQueue.enqueueSubmission(books, id);
  }

  private static @Nullable Earlier earlier(Books books, String key) {
    return books
        .handle()
        .createQuery(
            """
            select k.request_hash, k.seq, k.order_id from order_key k
            where k.user_id = :user and k.key = :key
            """)
        .bind("user", books.user().value())
        .bind("key", key)
        .map((row, _) ->
            new Earlier(
                Columns.text(row, "request_hash"),
                row.getLong("seq"),
                books.order(Columns.text(row, "order_id")).orElseThrow()))
        .findOne()
        .orElse(null);
  }

  private static String hash(OrderRequest request) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Json.write(request)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private record Earlier(String hash, long seq, Order order) {}

  /// One request on its way through the transaction.
  private static final class Entry {
    private final Terms terms;
    private final String key;
    private final String hash;
    private @Nullable Order order;
    private @Nullable Earlier earlier;

    Entry(Terms terms, String key, String hash) {
      this.terms = terms;
      this.key = key;
      this.hash = hash;
    }
  }
}
