package io.portfoliostream.server.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// Changes of a transaction that are sent to the database together, in their order: before anything
/// is read that they may have changed, and at the end.
///
/// Each trip to the database holds the portfolio's lock longer; one trip carries them all. Plain
/// JDBC, since this is where most of a booking's time goes.
final class Writes {
  private final Handle handle;
  private final List<Write> waiting = new ArrayList<>();

  Writes(Handle handle) {
    this.handle = handle;
  }

  /// One statement.
  ///
  /// @param ifNone what is thrown when it changes no row, unless that is fine
  private record Write(
      String sql,
      List<@Nullable Object> values,
      @Nullable Supplier<? extends RuntimeException> ifNone) {}

  /// Adds a statement with its values in the order of its question marks.
  void add(String sql, @Nullable Object... values) {
    waiting.add(new Write(sql, Arrays.asList(values), null));
  }

  /// Adds a statement that must change a row.
  void addRequired(
      Supplier<? extends RuntimeException> ifNone, String sql, @Nullable Object... values) {
    waiting.add(new Write(sql, Arrays.asList(values), ifNone));
  }

  /// Sends what waits.
  ///
  /// @throws RuntimeException what a statement that must change a row throws when it changed none
  void send() {
    if (waiting.isEmpty()) {
      return;
    }
    var sent = List.copyOf(waiting);
    waiting.clear();
    var text = String.join(";\n", sent.stream().map(Write::sql).toList());
    try (var statement = handle.getConnection().prepareStatement(text)) {
      var place = 1;
      for (var write : sent) {
        for (var value : write.values()) {
          statement.setObject(place++, value);
        }
      }
      statement.execute();
      check(sent, statement);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  private static void check(List<Write> sent, PreparedStatement statement) throws SQLException {
    for (var write : sent) {
      if (write.ifNone() != null && statement.getUpdateCount() == 0) {
        throw write.ifNone().get();
      }
      statement.getMoreResults();
    }
  }
}
