package io.portfoliostream.alpaca;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// One trading day of the exchanges, in New York time; days without trading are not told.
///
/// @param open of the regular session
/// @param close of the regular session, earlier before some holidays
/// @param sessionOpen when trading before the regular session begins
/// @param sessionClose when trading after the regular session ends
public record AlpacaCalendarDay(
    LocalDate date,
    LocalTime open,
    LocalTime close,
    LocalTime sessionOpen,
    LocalTime sessionClose) {

  /// Both are told as `09:30` in some fields and as `0400` in others.
  static AlpacaCalendarDay read(Fields day) {
    var date = day.dateOrNull("date");
    if (date == null) {
      throw new UnreadableException(day.path() + ".date is missing");
    }
    return new AlpacaCalendarDay(
        date,
        time(day, "open", null),
        time(day, "close", null),
        time(day, "session_open", "0400"),
        time(day, "session_close", "2000"));
  }

  private static LocalTime time(Fields day, String name, @Nullable String otherwise) {
    var text = otherwise == null ? day.text(name) : day.text(name, otherwise);
    var digits = text.replace(":", "");
    try {
      if (digits.length() == 4) {
        return LocalTime.of(Integer.parseInt(digits, 0, 2, 10), Integer.parseInt(digits, 2, 4, 10));
      }
    } catch (NumberFormatException | DateTimeException e) {
      throw new UnreadableException("%s.%s is not a time".formatted(day.path(), name), e);
    }
    throw new UnreadableException("%s.%s is not a time".formatted(day.path(), name));
  }
}
