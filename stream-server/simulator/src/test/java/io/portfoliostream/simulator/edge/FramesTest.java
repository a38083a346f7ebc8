package io.portfoliostream.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

  /// The unmasked text frame of RFC 6455, section 5.7.
  @Test
  void theStandardsOwnExampleIsWrittenAsItSays() {
    assertThat(Frames.message(FrameKind.TEXT, "Hello".getBytes(StandardCharsets.US_ASCII)))
        .containsExactly(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 82 00",
    "125, 82 7d",
    "126, 82 7e 00 7e",
    "256, 82 7e 01 00",
    "65535, 82 7e ff ff",
    "65536, 82 7f 00 00 00 00 00 01 00 00"
  })
  void theLengthIsWrittenInAsFewBytesAsTheStandardAllows(int length, String header) {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 7);
    byte[] frame = Frames.message(FrameKind.BINARY, payload);
    byte[] expected = HexFormat.ofDelimiter(" ").parseHex(header);
    assertThat(Arrays.copyOf(frame, expected.length)).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(frame, expected.length, frame.length)).isEqualTo(payload);
  }

  @Test
  void aGoodbyeHasACodeAndAReasonWithinBounds() {
    assertThat(Frames.close(1001, "bye")).containsExactly(0x88, 5, 0x03, 0xe9, 'b', 'y', 'e');
    assertThatThrownBy(() -> Frames.close(1001, "x".repeat(124)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
