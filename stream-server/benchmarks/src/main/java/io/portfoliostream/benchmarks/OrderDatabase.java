package io.portfoliostream.benchmarks;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The server's database, looked into beside the server.
final class OrderDatabase implements AutoCloseable {
  private final Connection connection;

  OrderDatabase(String url) throws SQLException {
    this.connection = DriverManager.getConnection(url, "postgres", "");
    try (var statement = connection.createStatement()) {
      statement.execute(
          "create table plain_order (like customer_order including defaults including indexes)");
      statement.execute(
          "create table sample_order as select * from customer_order order by submitted_at limit"
              + " 1");
    }
  }

  /// Inserts rows like that of an order, each in a transaction of its own, at a rate.
  ///
  /// @return how many
  int insertPlainly(Latencies latencies, int seconds, int perSecond) throws SQLException {
    var rows = seconds * perSecond;
    var began = System.nanoTime();
    try (var insert =
        connection.prepareStatement(
            """
            insert into plain_order
            select ?, user_id, null, ?, symbol, side, status, open, submitted_at, updated_at, body,
              touched from sample_order
            """)) {
      for (var row = 0; row < rows; row++) {
        var due = began + row * 1_000_000_000L / perSecond;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        insert.setString(1, "plain-" + row);
        insert.setString(2, "plain-" + row);
        insert.executeUpdate();
        latencies.add((System.nanoTime() - due) / 1_000);
      }
    }
    return rows;
  }

  /// Waits until no job is left.
  boolean awaitDrained(Duration patience) throws SQLException, InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      if (count("select count(*) from job where state in ('ready', 'running')") == 0) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return false;
  }

  /// Client order ids of orders that the broker refused.
  Set<String> rejected() throws SQLException {
    var ids = new HashSet<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select client_order_id from customer_order where status = 'rejected'"
                    + " and broker_id is null")) {
      while (rows.next()) {
        ids.add(requireNonNull(rows.getString(1)));
      }
    }
    return ids;
  }

  private long count(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
