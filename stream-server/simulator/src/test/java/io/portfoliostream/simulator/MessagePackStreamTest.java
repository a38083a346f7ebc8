package io.portfoliostream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.RawStream;
import io.portfoliostream.simulator.testkit.Trader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.value.MapValue;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/// Market data in MessagePack over a socket, read by the library alone.
class MessagePackStreamTest {
  private final Trader trader = new Trader();

  @AfterEach
  void close() {
    trader.close();
  }

  @Test
  void theWholeTalkIsBinaryAndTimesHaveTheirOwnType() throws IOException {
    try (var data = new RawStream(trader.broker().data(), "Content-Type: application/msgpack")) {
      assertThat(only(data).toJson()).isEqualTo("{\"T\":\"success\",\"msg\":\"connected\"}");
      var demo = trader.broker().account("demo");
      data.send(packed("action", "auth", "key", demo.key(), "secret", demo.secret()));
      assertThat(only(data).toJson()).contains("authenticated");
      data.send(subscribe());
      assertThat(only(data).toJson()).contains("\"T\":\"subscription\"", "\"trades\":[\"AAPL\"]");
      var before = Instant.now();
      trader.broker().setPrice("AAPL", new BigDecimal("201.5"));
      var trade = only(data);
      assertThat(field(trade, "T").asStringValue().asString()).isEqualTo("t");
      assertThat(field(trade, "p").asNumberValue().toDouble()).isEqualTo(201.5);
      assertThat(field(trade, "i").isIntegerValue()).isTrue();
      assertThat(field(trade, "t").asTimestampValue().toInstant())
          .isBetween(before.minusSeconds(60), before.plusSeconds(60));
    }
  }

  @Test
  void aTextThatIsNoMessagePackIsASyntaxError() throws IOException {
    try (var data = new RawStream(trader.broker().data(), "Content-Type: application/msgpack")) {
      only(data);
      data.send("{\"action\":\"auth\"}");
      assertThat(only(data).toJson())
          .isEqualTo("{\"T\":\"error\",\"code\":400,\"msg\":\"invalid syntax\"}");
    }
  }

  @Test
  void theTradingStreamStaysWithJson() throws IOException {
    try (var stream =
        new RawStream(trader.broker().stream(), "Content-Type: application/msgpack")) {
      stream.send(trader.auth());
      assertThat(stream.next()).contains("\"status\":\"authorized\"");
    }
  }

  private static MapValue only(RawStream stream) throws IOException {
    try (var unpacker = MessagePack.newDefaultUnpacker(stream.nextBinary())) {
      var array = unpacker.unpackValue().asArrayValue();
      assertThat(unpacker.hasNext()).isFalse();
      assertThat(array.size()).isEqualTo(1);
      return array.get(0).asMapValue();
    }
  }

  private static Value field(MapValue map, String name) {
    var value = map.map().get(ValueFactory.newString(name));
    if (value == null) {
      throw new AssertionError(name + " is missing in " + map);
    }
    return value;
  }

  private static byte[] packed(String... namesAndValues) throws IOException {
    try (var packer = MessagePack.newDefaultBufferPacker()) {
      packer.packMapHeader(namesAndValues.length / 2);
      for (var text : namesAndValues) {
        packer.packString(text);
      }
      return packer.toByteArray();
    }
  }

  private static byte[] subscribe() throws IOException {
    try (var packer = MessagePack.newDefaultBufferPacker()) {
      packer.packMapHeader(2);
      packer.packString("action").packString("subscribe");
      packer.packString("trades").packArrayHeader(1).packString("AAPL");
      return packer.toByteArray();
    }
  }
}
