package io.portfoliostream.simulator.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessagePack;

class MessagePacksTest {
  private static final HexFormat HEX = HexFormat.of();

  /// The bits are those of the MessagePack specification's `timestamp 64`: D7 FF, then nanoseconds
  /// shifted by 34 or'ed with seconds.
  @Test
  void aTimeIsTheTimestampExtensionWithItsNanoseconds() throws IOException {
    var point = Json.object().put("t", "2026-11-20T15:51:44.208123456Z");
    byte[] bytes = MessagePacks.bytes(point);
    assertThat(HEX.formatHex(bytes)).startsWith("81a174d7ff");
    try (var unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      assertThat(unpacker.unpackMapHeader()).isEqualTo(1);
      assertThat(unpacker.unpackString()).isEqualTo("t");
      assertThat(unpacker.unpackTimestamp()).isEqualTo("2026-11-20T15:51:44.208123456Z");
    }
  }

  @Test
  void otherValuesComeBackAsTheyWere() {
    var tree =
        Json.object()
            .put("S", "AAPL")
            .put("i", 9_007_199_254_740_993L)
            .put("p", 126.55)
            .put("b", true)
            .putNull("n");
    tree.putArray("c").add("@").add("I");
    assertThat(Encoding.MESSAGE_PACK.text(MessagePacks.bytes(tree)))
        .isEqualTo(
            "{\"S\":\"AAPL\",\"i\":9007199254740993,\"p\":126.55,\"b\":true,\"n\":null,\"c\":[\"@\",\"I\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "c1", // no such format
        "dfffffffff", // a map of 4 billion fields
        "ddffffffff", // an array of as many elements
        "81a161dbffffffff", // a text of as many bytes
        "81a161", // a field without a value
        "8080", // more than one value
        "93010203", // no object
        "81a161d7ff0000000000000000", // an extension
        "81a161c40100" // bytes
      })
  void whatIsNoObjectOrPromisesMoreThanThereIsComesToNothing(String hex) {
    assertThat(Encoding.MESSAGE_PACK.text(HEX.parseHex(hex))).isEmpty();
  }

  @Test
  void aDeepNestComesToNothing() {
    byte[] nest = new byte[100_000];
    Arrays.fill(nest, (byte) 0x91);
    assertThat(MessagePacks.parse(nest)).isEmpty();
  }

  @Test
  void randomBytesNeverFail() {
    var random = new SplittableRandom(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(1, 40)];
      random.nextBytes(bytes);
      assertThat(Encoding.MESSAGE_PACK.text(bytes))
          .satisfiesAnyOf(
              text -> assertThat(text).isEmpty(), text -> assertThat(text).startsWith("{"));
    }
  }
}
