package io.portfoliostream.server.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Tells a database that cannot be reached from a statement that is wrong.
public final class Reachable {
  private Reachable() {}

  /// Runs `work`.
  ///
  /// @throws LedgerUnavailable when the database could not be reached; any other failure passes
  public static <T> T call(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException e) {
      if (isUnreachable(e)) {
        throw new LedgerUnavailable("cannot " + what + ": the database is out of reach", e);
      }
      throw e;
    }
  }

  private static boolean isUnreachable(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql
          && (isConnectionState(sql.getSQLState()) || isClosedPool(sql))) {
        return true;
      }
    }
    return false;
  }

  /// The pool closes while the server stops, and tells no state.
  private static boolean isClosedPool(SQLException e) {
    return e.getSQLState() == null && String.valueOf(e.getMessage()).contains("has been closed");
  }

  /// Class 08: connection exception; 53: insufficient resources; 57: operator intervention.
  private static boolean isConnectionState(@Nullable String state) {
    return state != null
        && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
  }
}
