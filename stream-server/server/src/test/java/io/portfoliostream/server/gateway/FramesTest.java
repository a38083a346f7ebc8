package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

  @ParameterizedTest
  @CsvSource({
    "0,      8100",
    "125,    817d",
    "126,    817e007e",
    "65535,  817effff",
    "65536,  817f0000000000010000"
  })
  void theLengthIsWrittenInTheShortestForm(int length, String header) {
    var payload = new byte[length];
    Arrays.fill(payload, (byte) 'x');

    var frame = Frames.text(payload);

    assertThat(HexFormat.of().formatHex(frame, 0, header.length() / 2)).isEqualTo(header);
    assertThat(frame).hasSize(header.length() / 2 + length).endsWith(payload);
  }

  @Test
  void aCloseFrameHoldsCodeAndReason() {
    assertThat(HexFormat.of().formatHex(Frames.close(4401, "bye"))).isEqualTo("88051131627965");
  }

  @Test
  void aReasonThatIsTooLongLosesItsEndBetweenTwoCharacters() {
    var frame = Frames.close(1012, "x" + "ü".repeat(100));

    assertThat(frame.length).isEqualTo(2 + 2 + 123);
    assertThat(new String(frame, 4, frame.length - 4, UTF_8)).isEqualTo("x" + "ü".repeat(61));
  }

  @ParameterizedTest
  @CsvSource({
    "'',         1005",
    "03e8,       1000",
    "1131,       4401",
    "03e8c3bc,   1000",
    "03,         -1",
    "03e7,       -1",
    "03ec,       -1",
    "03ed,       -1",
    "03ee,       -1",
    "03f7,       -1",
    "1388,       -1",
    "03e8ff,     -1"
  })
  void onlyCodesThatMayBeSentAreRead(String payload, int code) {
    assertThat(CloseFrames.code(HexFormat.of().parseHex(payload))).isEqualTo(code);
  }
}
