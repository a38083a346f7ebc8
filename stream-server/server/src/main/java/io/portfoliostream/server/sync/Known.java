package io.portfoliostream.server.sync;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the ledger knows before the broker is read.
///
/// @param seq the ledger's number
/// @param comparedAt when it was last compared, absent when never
/// @param cursor the last execution read from the broker's history
/// @param open the orders that can still change
/// @param brokerIds the broker's identities of the newest orders
record Known(
    long seq,
    @Nullable Instant comparedAt,
    @Nullable String cursor,
    List<Order> open,
    Set<String> brokerIds) {
  private static final int NEWEST = 1_000;

  /// Orders made elsewhere are looked for from this long before the last comparison.
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /// How far back the first comparison of a user looks.
  private static final Duration FIRST_LOOK = Duration.ofDays(7);

  static Known read(Ledger ledger, UserId user, Instant now) {
    var known = new AtomicReference<Known>();
    ledger.book(user, Cause.RECONCILIATION, now, books -> known.set(read(books)));
    return known.get();
  }

  boolean isFirst() {
    return comparedAt == null;
  }

  Instant since(Instant now) {
    return comparedAt == null ? now.minus(FIRST_LOOK) : comparedAt.minus(MARGIN);
  }

  static void rememberCompared(Handle handle, UserId user, Instant at) {
    handle
        .createUpdate("update portfolio set reconciled_at = :at where user_id = :user")
        .bind("at", Timestamp.from(at))
        .bind("user", user.value())
        .execute();
  }

  private static Known read(Books books) {
    return books
        .handle()
        .createQuery("select reconciled_at, activity_cursor from portfolio where user_id = :user")
        .bind("user", books.user().value())
        .map((row, _) ->
            new Known(
                books.seq(),
                Columns.optionalInstant(row, "reconciled_at"),
                row.getString("activity_cursor"),
                books.openOrders(),
                brokerIds(books)))
        .one();
  }

  private static Set<String> brokerIds(Books books) {
    return new HashSet<>(
        books
            .handle()
            .createQuery(
                "select broker_id from customer_order where user_id = :user"
                    + " and broker_id is not null order by submitted_at desc limit :newest")
            .bind("user", books.user().value())
            .bind("newest", NEWEST)
            .mapTo(String.class)
            .list());
  }
}
