package io.portfoliostream.simulator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/// JSON trees as MessagePack and back, within bounds.
///
/// The time of a data point, its field `t`, is written as the timestamp extension of the
/// MessagePack specification: type -1 in 8 bytes, 30 bits of nanoseconds and 34 bits of seconds.
final class MessagePacks {
  private static final byte TIMESTAMP = -1;
  private static final int TIMESTAMP_LENGTH = 8;
  private static final int SECONDS_BITS = 34;
  private static final int DEEPEST = 16;
  private static final String TIME = "t";

  private MessagePacks() {}

  static byte[] bytes(JsonNode value) {
    try (var packer = MessagePack.newDefaultBufferPacker()) {
      pack(packer, value);
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
  }

  /// A value from the wire; empty when it is not well-formed, too deep or followed by more.
  static Optional<JsonNode> parse(byte[] message) {
    try (var unpacker = MessagePack.newDefaultUnpacker(message)) {
      var value = unpack(unpacker, message.length, DEEPEST);
      return unpacker.hasNext() ? Optional.empty() : Optional.of(value);
    } catch (IOException | MessagePackException _) {
      return Optional.empty();
    }
  }

  private static void pack(MessagePacker packer, JsonNode value) throws IOException {
    switch (value.getNodeType()) {
      case OBJECT -> packObject(packer, value);
      case ARRAY -> {
        packer.packArrayHeader(value.size());
        for (var element : value) {
          pack(packer, element);
        }
      }
      case NUMBER -> packNumber(packer, value);
      case BOOLEAN -> packer.packBoolean(value.booleanValue());
      case STRING -> packer.packString(value.textValue());
      case NULL, MISSING -> packer.packNil();
      case BINARY, POJO ->
          throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
    }
  }

  private static void packObject(MessagePacker packer, JsonNode object) throws IOException {
    packer.packMapHeader(object.size());
    for (var field : object.properties()) {
      packer.packString(field.getKey());
      var value = field.getValue();
      if (field.getKey().equals(TIME) && value.isTextual()) {
        packTime(packer, value.textValue());
      } else {
        pack(packer, value);
      }
    }
  }

  private static void packTime(MessagePacker packer, String text) throws IOException {
    try {
      var time = Instant.parse(text);
      packer.packExtensionTypeHeader(TIMESTAMP, TIMESTAMP_LENGTH);
      long bits = ((long) time.getNano() << SECONDS_BITS) | time.getEpochSecond();
      packer.writePayload(ByteBuffer.allocate(TIMESTAMP_LENGTH).putLong(bits).array());
    } catch (DateTimeParseException _) {
      packer.packString(text);
    }
  }

  private static void packNumber(MessagePacker packer, JsonNode number) throws IOException {
    if (number.isIntegralNumber() && number.canConvertToLong()) {
      packer.packLong(number.longValue());
    } else {
      packer.packDouble(number.doubleValue());
    }
  }

  /// Reads a value; a length beyond the whole message is not believed.
  private static JsonNode unpack(MessageUnpacker unpacker, int most, int depth) throws IOException {
    var nodes = JsonNodeFactory.instance;
    return switch (unpacker.getNextFormat().getValueType()) {
      case MAP -> unpackMap(unpacker, most, depth);
      case ARRAY -> unpackArray(unpacker, most, depth);
      case STRING -> nodes.textNode(unpackText(unpacker, most));
      case BOOLEAN -> nodes.booleanNode(unpacker.unpackBoolean());
      case INTEGER -> nodes.numberNode(unpacker.unpackBigInteger());
      case FLOAT -> nodes.numberNode(unpacker.unpackDouble());
      case NIL -> {
        unpacker.unpackNil();
        yield nodes.nullNode();
      }
      case BINARY, EXTENSION -> throw new IOException("no such value is expected");
    };
  }

  private static JsonNode unpackMap(MessageUnpacker unpacker, int most, int depth)
      throws IOException {
    int size = within(unpacker.unpackMapHeader(), most, depth);
    var object = Json.object();
    for (int index = 0; index < size; index++) {
      object.set(unpackText(unpacker, most), unpack(unpacker, most, depth - 1));
    }
    return object;
  }

  private static JsonNode unpackArray(MessageUnpacker unpacker, int most, int depth)
      throws IOException {
    int size = within(unpacker.unpackArrayHeader(), most, depth);
    var array = Json.array();
    for (int index = 0; index < size; index++) {
      array.add(unpack(unpacker, most, depth - 1));
    }
    return array;
  }

  private static String unpackText(MessageUnpacker unpacker, int most) throws IOException {
    int length = within(unpacker.unpackRawStringHeader(), most, 1);
    return new String(unpacker.readPayload(length), StandardCharsets.UTF_8);
  }

  private static int within(int length, int most, int depth) throws IOException {
    if (length > most || depth <= 0) {
      throw new IOException("too long or too deep");
    }
    return length;
  }
}
