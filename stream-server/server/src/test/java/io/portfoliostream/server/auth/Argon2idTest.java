package io.portfoliostream.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.auth.Argon2id.Cost;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idTest {
  private static final byte[] SALT = "somesalt12345678".getBytes(UTF_8);

  /// Test vectors of the reference implementation (its `src/test.c`, Argon2id version 0x13).
  @ParameterizedTest
  @CsvSource({
    "256, 2, password, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    "65536, 2, password, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
  })
  void itIsTheFunctionThatOthersCompute(
      int memoryKiB, int iterations, String password, String hash) {
    var computed =
        Argon2id.of(password, new Cost(memoryKiB, iterations), "somesalt".getBytes(UTF_8));

    assertThat(HexFormat.of().formatHex(computed.hash())).isEqualTo(hash);
  }

  @Test
  void aStoredHashKnowsItsOwnCost() {
    var stored = Argon2id.of("secret", new Cost(64, 3), SALT).text();

    var read = Argon2id.parse(stored);

    assertThat(read.memoryKiB()).isEqualTo(64);
    assertThat(read.iterations()).isEqualTo(3);
    assertThat(read.matches("secret")).isTrue();
    assertThat(read.matches("Secret")).isFalse();
    assertThat(read.matches("")).isFalse();
  }

  @Test
  void saltAndCostChangeTheHash() {
    var hash = Argon2id.of("secret", new Cost(64, 2), SALT).hash();

    assertThat(Argon2id.of("secret", new Cost(64, 3), SALT).hash()).isNotEqualTo(hash);
    assertThat(Argon2id.of("secret", new Cost(128, 2), SALT).hash()).isNotEqualTo(hash);
    assertThat(Argon2id.of("secret", new Cost(64, 2), "another salt 123".getBytes(UTF_8)).hash())
        .isNotEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$2b$10$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$x"
      })
  void whatIsNoHashIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> Argon2id.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a stored password hash cannot be read");
  }
}
