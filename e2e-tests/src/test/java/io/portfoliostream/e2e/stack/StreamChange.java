package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One object that a message carries, alone or in a batch.
///
/// @param type of the message that would carry it alone
public record StreamChange(String type, JsonNode data) {
  private static final Map<String, String> PARTS =
      Map.of(
          "positions", "position_update",
          "orders", "order_update",
          "trades", "trade_executed");

  /// What a message carries.
  public static List<StreamChange> of(JsonNode message) {
    var data = message.path("data");
    if (!message.path("type").asText().equals("batch")) {
      return List.of(new StreamChange(message.path("type").asText(), data));
    }
    var account =
        data.has("account")
            ? Stream.of(new StreamChange("account_update", data.path("account")))
            : Stream.<StreamChange>empty();
    return Stream.concat(PARTS.entrySet().stream().flatMap(part -> in(data, part)), account)
        .toList();
  }

  private static Stream<StreamChange> in(JsonNode data, Map.Entry<String, String> part) {
    return data.path(part.getKey())
        .valueStream()
        .map(each -> new StreamChange(part.getValue(), each));
  }

  /// Whether it is of a type and one of its fields has a value.
  public boolean is(String wanted, String field, String value) {
    return type.equals(wanted) && data.path(field).asText().equals(value);
  }
}
