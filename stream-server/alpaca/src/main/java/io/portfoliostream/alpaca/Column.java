package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An array of values that belong to the rows of a table, one each.
///
/// @param path where the array stands, for messages
record Column(String path, JsonNode values) {

  int size() {
    return values.size();
  }

  /// The value of a row; null where it is null or the array is too short.
  @Nullable BigDecimal decimalOrNull(int row) {
    var value = values.get(row);
    if (value == null || value.isNull()) {
      return null;
    }
    try {
      return Decimals.read(value);
    } catch (UnreadableException e) {
      throw new UnreadableException("%s[%d] is %s".formatted(path, row, e.getMessage()), e);
    }
  }

  /// The value of a row as unix seconds.
  Instant instant(int row) {
    var value = values.get(row);
    if (value == null || !value.canConvertToLong()) {
      throw new UnreadableException("%s[%d] is not a time in seconds".formatted(path, row));
    }
    try {
      return Instant.ofEpochSecond(value.longValue());
    } catch (DateTimeException e) {
      throw new UnreadableException("%s[%d] is not a time in seconds".formatted(path, row), e);
    }
  }
}
