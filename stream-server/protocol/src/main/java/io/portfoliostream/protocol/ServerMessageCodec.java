package io.portfoliostream.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// Server messages to and from JSON text.
public final class ServerMessageCodec {
  private ServerMessageCodec() {}

  /// The UTF-8 bytes of a text frame.
  public static byte[] encode(ServerMessage message) {
    return Json.write(message);
  }

  /// Reads a text frame.
  ///
  /// @throws MalformedJson when the text is not a message of this contract: not JSON, an unknown
  ///   `type`, a field missing or of a wrong kind, or a sequence range that runs backwards
  public static ServerMessage decode(String text) {
    return fromTree(Json.tree(text));
  }

  static ServerMessage fromTree(JsonNode node) {
    try {
      return new ServerMessage(
          Json.convert(field(node, "timestamp"), Instant.class),
          text(node, "userId"),
          number(node, "prevSeq"),
          number(node, "seq"),
          payload(text(node, "type"), field(node, "data")));
    } catch (IllegalArgumentException e) {
      throw new MalformedJson(String.valueOf(e.getMessage()), e);
    }
  }

  private static Payload payload(String type, JsonNode data) {
    return switch (type) {
      case "position_update" -> Json.convert(data, PositionUpdate.class);
      case "order_update" -> Json.convert(data, OrderUpdate.class);
      case "account_update" -> Json.convert(data, AccountUpdate.class);
      case "trade_executed" -> Json.convert(data, TradeExecuted.class);
      case "batch" -> Json.convert(data, BatchUpdate.class);
      case "welcome" -> Json.convert(data, Welcome.class);
      case "subscribed" -> Json.convert(data, Subscribed.class);
      case "data_stale" -> Json.convert(data, FeedNotice.Body.class).notice(true);
      case "data_fresh" -> Json.convert(data, FeedNotice.Body.class).notice(false);
      case "digest" -> Json.convert(data, Digest.class);
      case "pong" -> Json.convert(data, Pong.class);
      case "error" -> Json.convert(data, ErrorNotice.class);
      case "shutdown" -> Json.convert(data, Shutdown.class);
      default -> throw new MalformedJson("unknown type: " + type, null);
    };
  }

  private static JsonNode field(JsonNode node, String name) {
    var value = node.get(name);
    if (value == null || value.isNull()) {
      throw new MalformedJson(name + " is missing", null);
    }
    return value;
  }

  private static String text(JsonNode node, String name) {
    var value = field(node, name);
    if (!value.isTextual()) {
      throw new MalformedJson(name + " is not a string", null);
    }
    return value.textValue();
  }

  private static long number(JsonNode node, String name) {
    var value = field(node, name);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new MalformedJson(name + " is not a whole number", null);
    }
    return value.longValue();
  }
}
