package io.portfoliostream.server.ledger;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/// Reads of the ledger, each one consistent in itself.
final class LedgerReads implements PortfolioReads {
  private final Jdbi jdbi;
  private final Epochs epochs;

  LedgerReads(Jdbi jdbi, Epochs epochs) {
    this.jdbi = jdbi;
    this.epochs = epochs;
  }

  @Override
  public Portfolio load(UserId user) {
    return consistent("load " + user, handle -> load(handle, user));
  }

  @Override
  public Optional<List<Booking>> since(UserId user, String epoch, long seq, int limit) {
    return consistent("replay " + user, handle -> since(handle, user, epoch, seq, limit));
  }

  @Override
  public Map<UserId, Position> positions(Collection<UserId> users) {
    if (users.isEmpty()) {
      return Map.of();
    }
    return consistent(
        "read positions",
        handle -> {
          var heads = new LinkedHashMap<UserId, Position>();
          handle
              .createQuery("select user_id, epoch, seq from portfolio where user_id = any(:users)")
              .bindArray("users", String.class, users.stream().map(UserId::value).toList())
              .map((row, _) -> Map.entry(new UserId(Columns.text(row, "user_id")), position(row)))
              .forEach(head -> heads.put(head.getKey(), head.getValue()));
          return heads;
        });
  }

  @Override
  public Optional<Order> order(UserId user, String id) {
    return consistent(
        "read an order of " + user, handle -> new BookStore(handle, user).order("id", id));
  }

  @Override
  public List<Order> orders(UserId user, OrderFilter filter) {
    var sql =
        "select body from customer_order o where user_id = :user"
            + switch (filter.status()) {
              case OPEN -> " and open";
              case CLOSED -> " and not open";
              case ALL -> "";
            }
            + (filter.before() == null
                ? ""
                : " and (submitted_at, id) < (select b.submitted_at, b.id from customer_order b"
                    + " where b.user_id = :user and b.id = :before)")
            + " order by submitted_at desc, id desc limit :limit";
    return consistent(
        "read orders of " + user,
        handle ->
            handle
                .createQuery(sql)
                .bind("user", user.value())
                .bind("before", filter.before())
                .bind("limit", filter.limit())
                .map(BookStore.ORDER)
                .list());
  }

  @Override
  public List<Execution> trades(UserId user, int limit, @Nullable String before) {
    return consistent("read executions of " + user, handle -> trades(handle, user, limit, before));
  }

  private Portfolio load(Handle handle, UserId user) {
    var store = new BookStore(handle, user);
    var head = head(handle, user);
    if (head.isEmpty()) {
      return Portfolio.empty(user, epochs.of(""));
    }
    var positions = new TreeMap<String, io.portfoliostream.server.portfolio.Position>();
    for (var held : store.positions()) {
      if (!held.position().isClosed()) {
        positions.put(held.position().symbol(), held.position());
      }
    }
    return new Portfolio(
        user,
        head.get().epoch(),
        head.get().seq(),
        positions,
        visibleOrders(handle, user),
        trades(handle, user, Portfolio.MAX_TRADES, null),
        store.account());
  }

  private static Map<String, Order> visibleOrders(Handle handle, UserId user) {
    var orders = new LinkedHashMap<String, Order>();
    handle
        .createQuery(
            """
            select body from (
              (select * from customer_order where user_id = :user and open)
              union all
              (select * from customer_order where user_id = :user and not open
                order by submitted_at desc, id desc limit :ended)
            ) visible order by submitted_at, id
            """)
        .bind("user", user.value())
        .bind("ended", Portfolio.MAX_ENDED_ORDERS)
        .map(BookStore.ORDER)
        .forEach(order -> orders.put(order.id(), order));
    return orders;
  }

  private static List<Execution> trades(
      Handle handle, UserId user, int limit, @Nullable String before) {
    var page =
        before == null
            ? ""
            : " and (executed_at, id) < (select b.executed_at, b.id from execution b"
                + " where b.user_id = :user and b.id = :before)";
    return handle
        .createQuery(
            "select body from execution where user_id = :user"
                + page
                + " order by executed_at desc, id desc limit :limit")
        .bind("user", user.value())
        .bind("before", before)
        .bind("limit", limit)
        .map(BookStore.EXECUTION)
        .list();
  }

  private Optional<List<Booking>> since(
      Handle handle, UserId user, String epoch, long seq, int limit) {
    var head = head(handle, user);
    if (head.isEmpty()
        || !head.get().epoch().equals(epoch)
        || seq > head.get().seq()
        || head.get().seq() - seq > limit) {
      return Optional.empty();
    }
    var rows =
        handle
            .createQuery(
                "select * from portfolio_event where user_id = :user and seq > :seq order by seq")
            .bind("user", user.value())
            .bind("seq", seq)
            .map((row, _) ->
                new LoggedEvent(
                    row.getLong("seq"),
                    row.getLong("last_seq"),
                    StoredEvent.read(Columns.text(row, "body")),
                    Cause.valueOf(Columns.text(row, "cause")),
                    Columns.instant(row, "arrived_at")))
            .list();
    if (rows.size() != head.get().seq() - seq) {
      return Optional.empty();
    }
    return Optional.of(grouped(rows, user, epoch, seq));
  }

  /// A bookmark always stands between two bookings, so each group is a whole one.
  private static List<Booking> grouped(
      List<LoggedEvent> rows, UserId user, String epoch, long seq) {
    var bookings = new ArrayList<Booking>();
    var events = new ArrayList<PortfolioEvent>();
    var previous = seq;
    for (var row : rows) {
      events.add(row.event());
      if (row.seq() == row.lastSeq()) {
        bookings.add(
            new Booking(user, epoch, previous, row.seq(), events, row.cause(), row.arrivedAt()));
        previous = row.seq();
        events.clear();
      }
    }
    return bookings;
  }

  private Optional<Position> head(Handle handle, UserId user) {
    return handle
        .createQuery("select epoch, seq from portfolio where user_id = :user")
        .bind("user", user.value())
        .map((row, _) -> position(row))
        .findOne();
  }

  private Position position(ResultSet row) throws SQLException {
    return new Position(epochs.of(Columns.text(row, "epoch")), row.getLong("seq"));
  }

  private <T> T consistent(String what, Function<Handle, T> work) {
    return Reachable.call(
        what, () -> jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply));
  }

  private record LoggedEvent(
      long seq, long lastSeq, PortfolioEvent event, Cause cause, Instant arrivedAt) {}
}
