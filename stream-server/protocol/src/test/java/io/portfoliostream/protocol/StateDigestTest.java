package io.portfoliostream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StateDigestTest {
  private static BigDecimal d(String text) {
    return new BigDecimal(text);
  }

  @Test
  void itIsTheHashOfTheSortedLines() throws Exception {
    var digest =
        new StateDigest()
            .cash(d("100.00"))
            .position("MSFT", PositionSide.SHORT, d("1.50"), d("400"))
            .order("o-1", "partially_filled", d("2.0"), d("10.10"))
            .order("o-2", "new", d("0"), null)
            .position("AAPL", PositionSide.LONG, d("10"), d("187.500"))
            .value();

    var lines =
        """
        C|100
        O|o-1|partially_filled|2|10.1
        O|o-2|new|0|
        P|AAPL|long|10|187.5
        P|MSFT|short|1.5|400\
        """;
    var sha = MessageDigest.getInstance("SHA-256");
    assertThat(digest)
        .isEqualTo(HexFormat.of().formatHex(sha.digest(lines.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void theOrderOfAddingDoesNotMatter() {
    var one = new StateDigest().cash(d("1")).order("a", "new", d("0"), null).value();
    var other = new StateDigest().order("a", "new", d("0.0"), null).cash(d("1.00")).value();

    assertThat(one).isEqualTo(other);
  }

  @Test
  void anotherQuantityIsAnotherDigest() {
    assertThat(new StateDigest().position("A", PositionSide.LONG, d("1"), d("2")).value())
        .isNotEqualTo(new StateDigest().position("A", PositionSide.LONG, d("2"), d("2")).value());
  }
}
