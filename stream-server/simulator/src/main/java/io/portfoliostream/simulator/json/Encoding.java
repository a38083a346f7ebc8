package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How the messages of a market data stream are written: as the handshake asked for.
public enum Encoding {
  /// Text.
  JSON,
  /// MessagePack in binary frames, both ways.
  MESSAGE_PACK;

  private static final String MESSAGE_PACK_TYPE = "application/msgpack";

  /// The encoding that a handshake asks for.
  ///
  /// @param contentType its header, empty for none
  public static Encoding of(String contentType) {
    return contentType.strip().equalsIgnoreCase(MESSAGE_PACK_TYPE) ? MESSAGE_PACK : JSON;
  }

  /// A value as it goes over the wire.
  public byte[] bytes(JsonNode value) {
    return switch (this) {
      case JSON -> Json.bytes(value);
      case MESSAGE_PACK -> MessagePacks.bytes(value);
    };
  }

  /// A message from the wire as JSON text; empty when it is not well-formed MessagePack.
  public String text(byte[] message) {
    return switch (this) {
      case JSON -> new String(message, StandardCharsets.UTF_8);
      case MESSAGE_PACK ->
          MessagePacks.parse(message).flatMap(Encoding::object).map(Json::string).orElse("");
    };
  }

  private static Optional<ObjectNode> object(JsonNode value) {
    return value instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }
}
