package io.portfoliostream.server.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Connections for work that can wait: one is handed out when nobody is being kept waiting for an
/// answer, and at the latest after [#PATIENCE], so that such work goes on under any load.
///
/// Who asks first is served first. Safe for any number of threads.
final class GivingWay implements DataSource {
  /// How long one piece of work gives way.
  static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  private final DataSource connections;
  private final BooleanSupplier pressed;
  private final LongSupplier nanos;
  private final Pause pause;
  private final ReentrantLock turn = new ReentrantLock(true);

  /// Creates the source.
  ///
  /// @param pressed whether requests hold so many connections that other work would slow them down
  GivingWay(DataSource connections, BooleanSupplier pressed, LongSupplier nanos, Pause pause) {
    this.connections = connections;
    this.pressed = pressed;
    this.nanos = nanos;
    this.pause = pause;
  }

  /// Lets time pass.
  interface Pause {
    void rest(Duration length);
  }

  @Override
  public Connection getConnection() throws SQLException {
    giveWay();
    return connections.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    giveWay();
    return connections.getConnection(user, password);
  }

  private void giveWay() {
    turn.lock();
    try {
      var until = nanos.getAsLong() + PATIENCE.toNanos();
      while (pressed.getAsBoolean() && nanos.getAsLong() - until < 0) {
        pause.rest(LOOK_AGAIN);
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return connections.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    connections.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    connections.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return connections.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return connections.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return connections.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return connections.isWrapperFor(type);
  }
}
