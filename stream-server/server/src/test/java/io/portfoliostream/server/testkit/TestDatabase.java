package io.portfoliostream.server.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.portfoliostream.server.database.Database;
import io.portfoliostream.server.portfolio.UserId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// A migrated database of its own for each test, copied from a template in the one PostgreSQL that
/// the test JVM starts.
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final HikariDataSource pool;
  private final String name;

  private TestDatabase(HikariDataSource pool, String name) {
    this.pool = pool;
    this.name = name;
  }

  /// Creates an empty, migrated database.
  public static TestDatabase fresh() {
    var name = "test_" + COUNT.incrementAndGet();
    onServer("create database " + name + " template template_portfolio");
    return new TestDatabase(pool(name), name);
  }

  /// Connections to it.
  public DataSource dataSource() {
    return pool;
  }

  /// Where others reach it, without a password.
  public String url() {
    return Server.POSTGRES.getJdbcUrl("postgres", name);
  }

  /// Its name on the server.
  public String name() {
    return name;
  }

  /// Runs a statement in it.
  public void execute(String sql) {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// Makes all connections new, which then have the settings that the database has by now.
  public void reconnect() {
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  /// Stores a user.
  public UserId user(String name) {
    try (var connection = pool.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into app_user (id, username, password_hash, roles)"
                    + " values (?, ?, 'x', '{user}')")) {
      insert.setString(1, name);
      insert.setString(2, name);
      insert.executeUpdate();
      return new UserId(name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot store " + name, e);
    }
  }

  /// The number that a query gives.
  public long count(String sql) {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    pool.close();
    onServer("drop database " + name + " with (force)");
  }

  private static HikariDataSource pool(String database) {
    var config = new HikariConfig();
    config.setDataSource(Server.POSTGRES.getDatabase("postgres", database, Database.CONNECTION));
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(2_000);
    return new HikariDataSource(config);
  }

  private static void onServer(String sql) {
    try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        var postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "200")
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
            var statement = connection.createStatement()) {
          statement.execute("create database template_portfolio");
        }
        Database.migrate(postgres.getDatabase("postgres", "template_portfolio"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException("no template database", e);
      }
    }

    private static void stop(EmbeddedPostgres postgres) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
