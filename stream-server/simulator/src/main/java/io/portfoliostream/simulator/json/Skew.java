package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

/// Makes the timestamps of a message wrong, as those of a broker whose clock is.
public final class Skew {
  private static final List<String> TIMES =
      List.of(
          "at",
          "timestamp",
          "transaction_time",
          "created_at",
          "updated_at",
          "submitted_at",
          "filled_at",
          "expired_at",
          "cancel_requested_at",
          "canceled_at",
          "failed_at",
          "replaced_at");

  private Skew() {}

  /// Moves the timestamps in a tree; the times of sessions and of expiries stay, as they come from
  /// the calendar.
  public static void shift(JsonNode tree, Duration offset) {
    if (tree instanceof ObjectNode object) {
      TIMES.forEach(name -> shift(object, name, offset));
    }
    tree.forEach(child -> shift(child, offset));
  }

  private static void shift(ObjectNode object, String name, Duration offset) {
    var value = object.get(name);
    if (value != null && value.isTextual()) {
      try {
        var time = OffsetDateTime.parse(value.textValue()).plus(offset);
        object.put(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
      } catch (DateTimeParseException _) {
        // A field of this name that holds something else keeps it.
      }
    }
  }
}
