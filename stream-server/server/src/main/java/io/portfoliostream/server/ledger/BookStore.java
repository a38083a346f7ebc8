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
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// The rows behind one user's [Books], read and written in one transaction.
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

  BookStore(Handle handle, UserId user) {
    this.handle = handle;
    this.user = user;
  }

  Handle handle() {
    return handle;
  }

  Optional<Order> order(String column, String value) {
    return handle
        .createQuery(
            "select body from customer_order where user_id = :user and " + column + " = :value")
        .bind("user", user.value())
        .bind("value", value)
        .map(ORDER)
        .findOne();
  }

  List<Order> openOrders() {
    return handle
        .createQuery(
            "select body from customer_order where user_id = :user and open"
                + " order by submitted_at, id")
        .bind("user", user.value())
        .map(ORDER)
        .list();
  }

  void save(Order order, long seq) {
    handle
        .createUpdate(
            """
            insert into customer_order (id, user_id, broker_id, client_order_id, symbol, side,
              status, open, submitted_at, updated_at, body, touched)
            values (:id, :user, :broker, :client, :symbol, :side,
              :status, :open, :submitted, :updated, cast(:body as jsonb), :seq)
            on conflict (id) do update set broker_id = excluded.broker_id,
              status = excluded.status, open = excluded.open, submitted_at = excluded.submitted_at,
              updated_at = excluded.updated_at, body = excluded.body, touched = excluded.touched
            """)
        .bind("id", order.id())
        .bind("user", user.value())
        .bind("broker", order.brokerId())
        .bind("client", order.clientOrderId())
        .bind("symbol", order.terms().symbol())
        .bind("side", order.terms().side().name())
        .bind("status", order.progress().status())
        .bind("open", order.isOpen())
        .bind("submitted", Timestamp.from(order.submittedAt()))
        .bind("updated", Timestamp.from(order.updatedAt()))
        .bind("body", StoredEvent.text(order))
        .bind("seq", seq)
        .execute();
  }

  Optional<Execution> execution(String id) {
    return handle
        .createQuery("select body from execution where user_id = :user and id = :id")
        .bind("user", user.value())
        .bind("id", id)
        .map(EXECUTION)
        .findOne();
  }

  List<BookedExecution> executionsOf(Collection<String> brokerOrderIds) {
    return handle
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
    return handle
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
    return handle
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
    handle
        .createUpdate(
            """
            insert into execution (user_id, id, order_id, broker_order_id, symbol, quantity, price,
              cumulative, executed_at, body, seq)
            values (:user, :id, :order, :broker, :symbol, :quantity, :price,
              :cumulative, :at, cast(:body as jsonb), :seq)
            """)
        .bind("user", user.value())
        .bind("id", execution.id())
        .bind("order", execution.orderId())
        .bind("broker", execution.brokerOrderId())
        .bind("symbol", execution.symbol())
        .bind("quantity", execution.quantity())
        .bind("price", execution.price())
        .bind("cumulative", cumulative)
        .bind("at", Timestamp.from(execution.executedAt()))
        .bind("body", StoredEvent.text(execution))
        .bind("seq", seq)
        .execute();
  }

  Optional<HeldPosition> position(String symbol) {
    return handle
        .createQuery("select * from position where user_id = :user and symbol = :symbol")
        .bind("user", user.value())
        .bind("symbol", symbol)
        .map(POSITION)
        .findOne();
  }

  List<HeldPosition> positions() {
    return handle
        .createQuery("select * from position where user_id = :user order by symbol")
        .bind("user", user.value())
        .map(POSITION)
        .list();
  }

  void save(HeldPosition held) {
    var position = held.position();
    handle
        .createUpdate(
            """
            insert into position (user_id, symbol, quantity, average_entry_price, day_cost,
              strategy_id, opened_at, updated_at, last_event_id, last_event_at, touched)
            values (:user, :symbol, :quantity, :entry, :dayCost,
              :strategy, :opened, :updated, :eventId, :eventAt, :touched)
            on conflict (user_id, symbol) do update set quantity = excluded.quantity,
              average_entry_price = excluded.average_entry_price, day_cost = excluded.day_cost,
              strategy_id = excluded.strategy_id, opened_at = excluded.opened_at,
              updated_at = excluded.updated_at,
              last_event_id = coalesce(excluded.last_event_id, position.last_event_id),
              last_event_at = coalesce(excluded.last_event_at, position.last_event_at),
              touched = excluded.touched
            """)
        .bind("user", user.value())
        .bind("symbol", position.symbol())
        .bind("quantity", position.quantity())
        .bind("entry", position.averageEntryPrice())
        .bind("dayCost", position.dayCost())
        .bind("strategy", position.strategyId())
        .bind("opened", Timestamp.from(position.openedAt()))
        .bind("updated", Timestamp.from(position.updatedAt()))
        .bind("eventId", held.lastEventId())
        .bind("eventAt", Columns.timestamp(held.lastEventAt()))
        .bind("touched", held.touched())
        .execute();
  }

  AccountRow account() {
    return handle
        .createQuery("select * from portfolio where user_id = :user")
        .bind("user", user.value())
        .map((row, _) ->
            new AccountRow(
                account(row),
                row.getLong("account_touched"),
                Columns.optionalInstant(row, "account_read_at")))
        .one();
  }

  void save(AccountRow row) {
    var account = row.account();
    if (account == null) {
      return;
    }
    handle
        .createUpdate(
            """
            update portfolio set cash = :cash, buying_power = :buyingPower,
              last_equity = :lastEquity, day_flows = :dayFlows, account_at = :at,
              account_touched = :touched, account_read_at = :readAt where user_id = :user
            """)
        .bind("user", user.value())
        .bind("cash", account.cash())
        .bind("buyingPower", account.buyingPower())
        .bind("lastEquity", account.lastEquity())
        .bind("dayFlows", account.dayFlows())
        .bind("at", Timestamp.from(account.updatedAt()))
        .bind("touched", row.touched())
        .bind("readAt", Columns.timestamp(row.readAt()))
        .execute();
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
