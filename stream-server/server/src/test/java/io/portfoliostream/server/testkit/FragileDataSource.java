package io.portfoliostream.server.testkit;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// A database that can be out of reach.
public final class FragileDataSource implements DataSource {
  private final DataSource database;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean dead = new AtomicBoolean();
  private final Set<Connection> given = ConcurrentHashMap.newKeySet();

  /// A way to `database`, open at first.
  public FragileDataSource(DataSource database) {
    this.database = database;
  }

  /// Puts the database out of reach.
  public void goAway() {
    away.set(true);
  }

  /// Brings it back.
  public void comeBack() {
    away.set(false);
  }

  /// Puts the database out of reach for good, and breaks off every transaction where it stands.
  public void die() {
    dead.set(true);
    given.forEach(FragileDataSource::breakOff);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (away.get() || dead.get()) {
      throw new SQLTransientConnectionException("the database is away");
    }
    var connection = database.getConnection();
    given.add(connection);
    if (dead.get()) {
      breakOff(connection);
    }
    return connection;
  }

  /// Does nothing to a connection that was given back.
  private static void breakOff(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot break off", e);
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("not needed");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return database.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    database.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    database.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return database.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return database.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
