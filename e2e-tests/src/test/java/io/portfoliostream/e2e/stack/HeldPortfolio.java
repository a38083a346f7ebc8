package io.portfoliostream.e2e.stack;

import java.sql.Connection;
import java.sql.SQLException;

/// A portfolio's row, locked by this test: nothing is booked for its user until it is closed.
public final class HeldPortfolio implements AutoCloseable {
  private final Connection connection;

  HeldPortfolio(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the portfolio stays locked", e);
    }
  }
}
