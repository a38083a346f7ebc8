package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox 140 on Linux
          Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 | Chrome 141 on Windows
          Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0 | Edge 141 on Windows
          Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.5 Safari/605 | Safari 18 on macOS
          Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604 | Safari 18 on iOS
          Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36 | Chrome 141 on Android
          Firefox/x | Firefox
          curl/8.5.0 | curl/8.5.0
          Java-http-client/25.0.3 (secret) | Java-http-client/25.0.3
          """)
  void aClientIsToldInAFewWords(String agent, String name) {
    assertThat(ClientName.of(agent)).contains(name);
  }

  @ParameterizedTest
  @CsvSource({"''", "(x)", "<script>", "'\u0001'"})
  void whatTellsNothingIsNotShown(String agent) {
    assertThat(ClientName.of(agent)).isEmpty();
  }

  @Test
  void aNameIsBounded() {
    assertThat(ClientName.of("x".repeat(10_000)).orElseThrow()).hasSizeLessThan(61);
    assertThat(ClientName.of("x".repeat(9) + "/" + "9".repeat(500)).orElseThrow())
        .hasSizeLessThan(61);
    assertThat(ClientName.of("Firefox/" + "9".repeat(500) + " Android").orElseThrow())
        .hasSizeLessThan(61);
    assertThat(ClientName.of(null)).isEmpty();
  }
}
