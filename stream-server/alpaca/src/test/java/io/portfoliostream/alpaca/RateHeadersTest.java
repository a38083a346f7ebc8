package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateHeadersTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | PT7S",
        "Fri, 20 Nov 2026 15:00:30 GMT | PT30S",
        "Fri, 20 Nov 2026 14:00:00 GMT | PT0S",
        "999999 | PT5M"
      })
  void retryAfterMayBeSecondsOrADateWithinABound(String value, Duration pause) {
    assertThat(RateHeaders.retryAfter(value, NOW)).hasValue(pause);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-3", "99999999999999999999", "1.5"})
  void nonsenseIsNoPause(String value) {
    assertThat(RateHeaders.retryAfter(value, NOW)).isEmpty();
  }

  @Test
  void withoutHeadersNothingIsKnown() {
    var headers = HttpHeaders.of(Map.of(), (_, _) -> true);
    var limits = RateHeaders.of(headers, NOW);

    assertThat(limits.pauseAfterRefusal()).isEmpty();
    assertThat(limits.pauseWhenExhausted()).isEmpty();
  }
}
