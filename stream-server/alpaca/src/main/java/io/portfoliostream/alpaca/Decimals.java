package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/// Reads decimal numbers from outside, within bounds that keep their plain notation short.
final class Decimals {
  private static final int MAX_LENGTH = 60;
  private static final int MAX_DIGITS = 40;

  private Decimals() {}

  /// Parses a decimal string.
  ///
  /// @throws UnreadableException when it is no number or an absurd one
  static BigDecimal parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new UnreadableException(
          "not a decimal number of at most %d characters".formatted(MAX_LENGTH));
    }
    try {
      return bounded(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new UnreadableException("not a decimal number: " + text, e);
    }
  }

  /// Reads a JSON value that is a number or a string.
  ///
  /// @throws UnreadableException when it is neither or an absurd one
  static BigDecimal read(JsonNode value) {
    if (value.isNumber()) {
      return bounded(value.decimalValue());
    }
    if (value.isTextual()) {
      return parse(value.textValue());
    }
    throw new UnreadableException("not a decimal");
  }

  /// Passes a number on when it has a reasonable size.
  ///
  /// @throws UnreadableException when it has not
  static BigDecimal bounded(BigDecimal number) {
    if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new UnreadableException("a decimal number with too many digits");
    }
    return number;
  }
}
