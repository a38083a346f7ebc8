package io.portfoliostream.e2e.stack;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
