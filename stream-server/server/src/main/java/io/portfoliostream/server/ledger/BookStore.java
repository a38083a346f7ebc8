package io.portfoliostream.server.ledger;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Books.AccountRow;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Position;
import io.portfoliostream.server.portfolio.UserId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// The rows behind one user's [Books], read and written in one transaction. What was written is
/// sent before the same table is read, and at the end.
final class BookStore {
  static final RowMapper<Order> ORDER =
      (row, _) -> Json.read(Columns.text(row, "body"), Order.class);
  static final RowMapper<Execution> EXECUTION =
      (row, _) -> Json.read(Columns.text(row, "body"), Execution.class);
  private static final RowMapper<HeldPosition> POSITION = (row, _) -> held(row);

  private static final String AMENDED =
      """
      exists (select 1 from execution a where a.user_id = e.user_id
        and a.broker_order_id = e.broker_order_id and a.body ->> 'corrects' = e.id)
      """;

  private final Handle handle;
  private final UserId user;
  private final Writes writes;
  private final Set<Table> dirty = EnumSet.noneOf(Table.class);

  BookStore(Handle handle, UserId user) {
    this.handle = handle;
    this.user = user;
    this.writes = new Writes(handle);
  }

  private enum Table {
    ORDER,
    EXECUTION,
    POSITION
  }

  /// The transaction, with everything written so far in it.
  Handle handle() {
    send();
    return handle;
  }

  /// What is sent together with what is written here.
  Writes writes() {
    return writes;
  }

  /// Sends what was written.
  void send() {
    writes.send();
    dirty.clear();
  }

  private Handle reading(Table table) {
    return dirty.contains(table) ? handle() : handle;
  }

  private void write(Table table, String sql, @Nullable Object... values) {
    dirty.add(table);
    writes.add(sql, values);
  }

  Optional<Order> order(String column, String value) {
    return reading(Table.ORDER)
        .createQuery(
            "select body from customer_order where user_id = :user and " + column + " = :value")
        .bind("user", user.value())
        .bind("value", value)
        .map(ORDER)
        .findOne();
  }

  List<Order> openOrders() {
    return reading(Table.ORDER)
        .createQuery(
            "select body from customer_order where user_id = :user and open"
                + " order by submitted_at, id")
        .bind("user", user.value())
        .map(ORDER)
        .list();
  }

  void save(Order order, long seq) {
    write(
        Table.ORDER,
        """
        insert into customer_order (id, user_id, broker_id, client_order_id, symbol, side,
          status, open, submitted_at, updated_at, body, touched)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?)
        on conflict (id) do update set broker_id = excluded.broker_id,
          status = excluded.status, open = excluded.open, submitted_at = excluded.submitted_at,
          updated_at = excluded.updated_at, body = excluded.body, touched = excluded.touched
        """,
        order.id(),
        user.value(),
        order.brokerId(),
        order.clientOrderId(),
        order.terms().symbol(),
        order.terms().side().name(),
        order.progress().status(),
        order.isOpen(),
        Timestamp.from(order.submittedAt()),
        Timestamp.from(order.updatedAt()),
        StoredEvent.text(order),
        seq);
  }

  Optional<Execution> execution(String id) {
    return reading(Table.EXECUTION)
        .createQuery("select body from execution where user_id = :user and id = :id")
        .bind("user", user.value())
        .bind("id", id)
        .map(EXECUTION)
        .findOne();
  }

  List<BookedExecution> executionsOf(Collection<String> brokerOrderIds) {
    return reading(Table.EXECUTION)
        .createQuery(
            """
            select body, cumulative, seq from execution e
            where user_id = :user and broker_order_id = any(:orders)
              and not coalesce((body ->> 'busted')::boolean, false) and not %s
            order by seq
            """
                .formatted(AMENDED))
        .bind("user", user.value())
        .bindArray("orders", String.class, List.copyOf(brokerOrderIds))
        .map((row, context) ->
            new BookedExecution(
                EXECUTION.map(row, context),
                Columns.optionalDecimal(row, "cumulative"),
                row.getLong("seq")))
        .list();
  }

  long touched(String orderId) {
    return reading(Table.ORDER)
        .createQuery("select touched from customer_order where user_id = :user and id = :id")
        .bind("user", user.value())
        .bind("id", orderId)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /// One that was taken back leaves its place free: what it did may come to pass again.
  boolean hasExecution(
      String id, String brokerOrderId, @Nullable BigDecimal cumulative, BigDecimal price) {
    return reading(Table.EXECUTION)
        .createQuery(
            """
            select exists (select 1 from execution e where user_id = :user and (id = :id
              or (broker_order_id = :order and cumulative = :cumulative and price = :price
                and not %s)))
            """
                .formatted(AMENDED))
        .bind("user", user.value())
        .bind("id", id)
        .bind("order", brokerOrderId)
        .bind("cumulative", cumulative)
        .bind("price", price)
        .mapTo(Boolean.class)
        .one();
  }

  void save(Execution execution, @Nullable BigDecimal cumulative, long seq) {
    write(
        Table.EXECUTION,
        """
        insert into execution (user_id, id, order_id, broker_order_id, symbol, quantity, price,
          cumulative, executed_at, body, seq)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?)
        """,
        user.value(),
        execution.id(),
        execution.orderId(),
        execution.brokerOrderId(),
        execution.symbol(),
        execution.quantity(),
        execution.price(),
        cumulative,
        Timestamp.from(execution.executedAt()),
        StoredEvent.text(execution),
        seq);
  }

  Optional<HeldPosition> position(String symbol) {
    return reading(Table.POSITION)
        .createQuery("select * from position where user_id = :user and symbol = :symbol")
        .bind("user", user.value())
        .bind("symbol", symbol)
        .map(POSITION)
        .findOne();
  }

  List<HeldPosition> positions() {
    return reading(Table.POSITION)
        .createQuery("select * from position where user_id = :user order by symbol")
        .bind("user", user.value())
        .map(POSITION)
        .list();
  }

  void save(HeldPosition held) {
    var position = held.position();
    write(
        Table.POSITION,
        """
        insert into position (user_id, symbol, quantity, average_entry_price, day_cost,
          strategy_id, opened_at, updated_at, last_event_id, last_event_at, touched)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (user_id, symbol) do update set quantity = excluded.quantity,
          average_entry_price = excluded.average_entry_price, day_cost = excluded.day_cost,
          strategy_id = excluded.strategy_id, opened_at = excluded.opened_at,
          updated_at = excluded.updated_at,
          last_event_id = coalesce(excluded.last_event_id, position.last_event_id),
          last_event_at = coalesce(excluded.last_event_at, position.last_event_at),
          touched = excluded.touched
        """,
        user.value(),
        position.symbol(),
        position.quantity(),
        position.averageEntryPrice(),
        position.dayCost(),
        position.strategyId(),
        Timestamp.from(position.openedAt()),
        Timestamp.from(position.updatedAt()),
        held.lastEventId(),
        Columns.timestamp(held.lastEventAt()),
        held.touched());
  }

  @Nullable Account account() {
    return handle
        .createQuery("select * from portfolio where user_id = :user")
        .bind("user", user.value())
        .map((row, _) -> Optional.ofNullable(account(row)))
        .one()
        .orElse(null);
  }

  void save(AccountRow row) {
    var account = row.account();
    if (account == null) {
      return;
    }
    writes.add(
        """
        update portfolio set cash = ?, buying_power = ?, last_equity = ?, day_flows = ?,
          account_at = ?, account_touched = ?, account_read_at = ? where user_id = ?
        """,
        account.cash(),
        account.buyingPower(),
        account.lastEquity(),
        account.dayFlows(),
        Timestamp.from(account.updatedAt()),
        row.touched(),
        Columns.timestamp(row.readAt()),
        user.value());
  }

  /// The account in a row of `portfolio`.
  static AccountRow accountRow(ResultSet row) throws SQLException {
    return new AccountRow(
        account(row),
        row.getLong("account_touched"),
        Columns.optionalInstant(row, "account_read_at"));
  }

  private static HeldPosition held(ResultSet row) throws SQLException {
    var position =
        new Position(
            Columns.text(row, "symbol"),
            Columns.decimal(row, "quantity"),
            Columns.decimal(row, "average_entry_price"),
            Columns.optionalDecimal(row, "day_cost"),
            row.getString("strategy_id"),
            Columns.instant(row, "opened_at"),
            Columns.instant(row, "updated_at"));
    return new HeldPosition(
        position,
        row.getString("last_event_id"),
        Columns.optionalInstant(row, "last_event_at"),
        row.getLong("touched"));
  }

  static @Nullable Account account(ResultSet row) throws SQLException {
    var at = Columns.optionalInstant(row, "account_at");
    return at == null
        ? null
        : new Account(
            Columns.decimal(row, "cash"),
            Columns.decimal(row, "buying_power"),
            Columns.decimal(row, "last_equity"),
            Columns.decimal(row, "day_flows"),
            at);
  }
}
