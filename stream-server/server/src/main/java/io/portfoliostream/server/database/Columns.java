package io.portfoliostream.server.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads of columns that are declared `not null`, and of those that are not.
public final class Columns {
  private Columns() {}

  /// A text.
  public static String text(ResultSet row, String column) throws SQLException {
    return present(row.getString(column), column);
  }

  /// Bytes.
  public static byte[] bytes(ResultSet row, String column) throws SQLException {
    return present(row.getBytes(column), column);
  }

  /// A time.
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return present(row.getTimestamp(column), column).toInstant();
  }

  /// A time, or nothing.
  public static @Nullable Instant optionalInstant(ResultSet row, String column)
      throws SQLException {
    var value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  /// A decimal as it came in: the column's scale pads it with zeros, which are dropped.
  public static BigDecimal decimal(ResultSet row, String column) throws SQLException {
    return plain(present(row.getBigDecimal(column), column));
  }

  /// A decimal, or nothing.
  public static @Nullable BigDecimal optionalDecimal(ResultSet row, String column)
      throws SQLException {
    var value = row.getBigDecimal(column);
    return value == null ? null : plain(value);
  }

  /// A time for a statement, or nothing.
  public static @Nullable Timestamp timestamp(@Nullable Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  private static BigDecimal plain(BigDecimal value) {
    var stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static <T> T present(@Nullable T value, String column) throws SQLException {
    if (value == null) {
      throw new SQLException("column " + column + " is null");
    }
    return value;
  }
}
