package io.portfoliostream.e2e.stack;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.portfoliostream.e2e.stack.BrokerBook.Stand;
import io.portfoliostream.e2e.stack.BrokerBook.Traded;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the database says, by SQL and nothing else.
public final class LedgerDatabase {
  private static final String OWNER =
      " where user_id = (select id from app_user where username = ?) ";

  private final String url;

  private LedgerDatabase(String url) {
    this.url = url;
  }

  static LedgerDatabase onPort(int port) {
    return at("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
  }

  /// The database at a JDBC URL.
  public static LedgerDatabase at(String url) {
    return new LedgerDatabase(url);
  }

  /// An execution of an order.
  public record Fill(String id, BigDecimal quantity, BigDecimal price) {
    /// What it cost.
    public BigDecimal amount() {
      return quantity.multiply(price);
    }
  }

  /// How far a user's portfolio has come.
  public long seq(String username) {
    return query("select seq from portfolio" + OWNER, row -> row.getLong(1), username).getFirst();
  }

  /// The numbers of a user's events, in order.
  public List<Long> eventNumbers(String username) {
    return query(
        "select seq from portfolio_event" + OWNER + "order by seq",
        row -> row.getLong(1),
        username);
  }

  /// The states of an order, in the order in which they were booked.
  public List<String> bookedStatuses(String username, String orderId) {
    return query(
        "select body -> 'order' -> 'progress' ->> 'status' from portfolio_event"
            + OWNER
            + "and body -> 'order' ->> 'id' = ? order by seq",
        LedgerDatabase::text,
        username,
        orderId);
  }

  /// The state of an order.
  public List<String> orderStatus(String username, String orderId) {
    return query(
        "select status from customer_order" + OWNER + "and id = ?",
        LedgerDatabase::text,
        username,
        orderId);
  }

  /// The executions of an order.
  public List<Fill> fills(String username, String orderId) {
    return query(
        "select id, quantity, price from execution" + OWNER + "and order_id = ? order by seq",
        row -> new Fill(text(row), decimal(row, 2), decimal(row, 3)),
        username,
        orderId);
  }

  /// What is still to be done for an order: state and number of attempts of each job.
  public List<String> jobs(String orderId) {
    return query(
        "select state || ' ' || attempts from job where order_id = ? order by id",
        LedgerDatabase::text,
        orderId);
  }

  /// All orders that the broker has, by its identity.
  public Map<String, Stand> stands(String username) {
    return map(
        "select broker_id, status, body -> 'progress' ->> 'filledQuantity' from customer_order"
            + OWNER
            + "and broker_id is not null",
        row -> new Stand(requireNonNull(row.getString(2)), decimal(row, 3)),
        username);
  }

  /// All executions.
  public List<Traded> executions(String username) {
    return query(
        "select id, broker_order_id, quantity from execution" + OWNER,
        row -> new Traded(text(row), requireNonNull(row.getString(2)), decimal(row, 3)),
        username);
  }

  /// Signed quantities by symbol.
  public Map<String, BigDecimal> positions(String username) {
    return map(
        "select symbol, quantity from position" + OWNER + "and quantity <> 0",
        row -> BrokerBook.plain(decimal(row, 2)),
        username);
  }

  /// The cash, once it is known.
  public List<BigDecimal> cash(String username) {
    return query(
        "select cash from portfolio" + OWNER + "and cash is not null",
        row -> BrokerBook.plain(decimal(row, 1)),
        username);
  }

  /// Locks a user's portfolio.
  public HeldPortfolio hold(String username) {
    try {
      var connection = DriverManager.getConnection(url);
      connection.setAutoCommit(false);
      var lock = "select seq from portfolio" + OWNER + "for update";
      try (var statement = connection.prepareStatement(lock)) {
        statement.setString(1, username);
        statement.execute();
      }
      return new HeldPortfolio(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the portfolio of " + username + " is not locked", e);
    }
  }

  /// How many transactions that began at a time or later wait for a lock.
  public long waiting(Instant since) {
    return query(
            "select count(*) from pg_stat_activity"
                + " where wait_event_type = 'Lock' and xact_start >= cast(? as timestamptz)",
            row -> row.getLong(1),
            since.toString())
        .getFirst();
  }

  private <T> Map<String, T> map(String sql, Reader<T> reader, String username) {
    var found = new TreeMap<String, T>();
    query(sql, row -> Map.entry(text(row), reader.read(row)), username)
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /// A column of a row of a result.
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// The first column.
  private static String text(ResultSet row) throws SQLException {
    return requireNonNullElse(row.getString(1), "");
  }

  private static BigDecimal decimal(ResultSet row, int column) throws SQLException {
    return requireNonNull(row.getBigDecimal(column));
  }

  private <T> List<T> query(String sql, Reader<T> reader, String... parameters) {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("the database refuses: " + sql, e);
    }
  }
}
