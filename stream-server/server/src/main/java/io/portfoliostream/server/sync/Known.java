package io.portfoliostream.server.sync;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What the ledger knows before the broker is read.
///
/// @param seq the ledger's number
/// @param comparedAt when it was last compared, absent when never
/// @param cursor the last execution read from the broker's history
/// @param open the orders that can still change
/// @param touched the broker's identities of orders that changed or traded since before the last
///   comparison's reads
/// @param historyCursor the last activity besides trades read from there
/// @param lost orders that we hold open, the broker has not answered for, and nobody works on
/// @param flows money paid in or out on `flowsOn`, as far as it is known
record Known(
    long seq,
    @Nullable Instant comparedAt,
    @Nullable String cursor,
    @Nullable String historyCursor,
    List<Order> open,
    Set<String> touched,
    List<Order> lost,
    BigDecimal flows,
    @Nullable LocalDate flowsOn) {
  /// Orders made elsewhere are looked for from this long before the last comparison.
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /// How far back orders are looked for whose trades may have been taken back.
  private static final Duration FAR_LOOK = Duration.ofDays(2);

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

  /// The broker's identities of orders to ask for where the broker does not list them.
  Set<String> worthAsking() {
    var ids = new HashSet<>(touched);
    for (var order : open) {
      if (order.brokerId() != null) {
        ids.add(order.brokerId());
      }
    }
    return ids;
  }

  /// Whether a market day began since the last comparison.
  boolean isOvernight(Instant now) {
    return comparedAt != null && !Explanations.day(comparedAt).equals(Explanations.day(now));
  }

  /// From when on orders are looked for.
  ///
  /// @param far whether trades of older orders may have been taken back
  Instant since(Instant now, boolean far) {
    if (comparedAt == null) {
      return now.minus(FIRST_LOOK);
    }
    var near = comparedAt.minus(MARGIN);
    var farther = now.minus(FAR_LOOK);
    return far && farther.isBefore(near) ? farther : near;
  }

  /// Remembers, in the transaction of a comparison, how far the broker's history was read, and
  /// whose it was where nobody told that yet. What was booked during the reads was not compared.
  static void rememberCompared(Books books, BrokerView view, Instant at) {
    var fills = view.fills();
    var activities = view.activities();
    books
        .handle()
        .createUpdate(
            """
            update portfolio set reconciled_at = :at, compared_seq = :seq, flows_on = :day,
              account_number = coalesce(account_number, :number),
              activity_cursor = coalesce(:fill, activity_cursor),
              history_cursor = coalesce(:activity, history_cursor)
            where user_id = :user
            """)
        .bind("at", Timestamp.from(at))
        .bind("seq", view.seq())
        .bind("number", view.money().accountNumber())
        .bind("day", Date.valueOf(Explanations.day(at)))
        .bind("fill", fills.isEmpty() ? null : fills.getLast().cursor())
        .bind("activity", activities.isEmpty() ? null : activities.getLast().cursor())
        .bind("user", books.user().value())
        .execute();
  }

  /// Symbols of executions that were busted or corrected since before the last comparison's reads.
  static Set<String> amended(Books books) {
    return new HashSet<>(
        books
            .handle()
            .createQuery(
                "select distinct symbol from execution where user_id = :user"
                    + " and seq > (select compared_seq from portfolio where user_id = :user)"
                    + " and body ->> 'corrects' is not null")
            .bind("user", books.user().value())
            .mapTo(String.class)
            .list());
  }

  private static Known read(Books books) {
    return books
        .handle()
        .createQuery("select * from portfolio where user_id = :user")
        .bind("user", books.user().value())
        .map((row, _) -> read(books, row))
        .one();
  }

  private static Known read(Books books, ResultSet row) throws SQLException {
    var flows = Columns.optionalDecimal(row, "day_flows");
    var day = row.getDate("flows_on");
    return new Known(
        books.seq(),
        Columns.optionalInstant(row, "reconciled_at"),
        row.getString("activity_cursor"),
        row.getString("history_cursor"),
        books.openOrders(),
        touched(books, row.getLong("compared_seq")),
        lost(books),
        flows == null ? BigDecimal.ZERO : flows,
        day == null ? null : day.toLocalDate());
  }

  private static Set<String> touched(Books books, long since) {
    return new HashSet<>(
        books
            .handle()
            .createQuery(
                """
                select coalesce(body -> 'order' ->> 'brokerId',
                  body -> 'execution' ->> 'brokerOrderId') from portfolio_event
                where user_id = :user and seq > :since and (body -> 'order' ->> 'brokerId'
                  is not null or body -> 'execution' is not null)
                """)
            .bind("user", books.user().value())
            .bind("since", since)
            .mapTo(String.class)
            .list());
  }

  private static List<Order> lost(Books books) {
    var worked =
        new HashSet<>(
            books
                .handle()
                .createQuery(
                    "select order_id from job where user_id = :user"
                        + " and state in ('ready', 'running')")
                .bind("user", books.user().value())
                .mapTo(String.class)
                .list());
    return books.openOrders().stream()
        .filter(order -> order.brokerId() == null && !worked.contains(order.id()))
        .toList();
  }
}
