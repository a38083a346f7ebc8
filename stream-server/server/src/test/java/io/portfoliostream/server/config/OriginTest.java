package io.portfoliostream.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @Test
  void caseAndTheUsualPortMakeNoDifference() {
    assertThat(Origin.parse("HTTPS://App.Example.com:443"))
        .isEqualTo(Origin.parse("https://app.example.com"))
        .contains(new Origin("https://app.example.com"));
    assertThat(Origin.parse("http://localhost:8081")).contains(new Origin("http://localhost:8081"));
  }

  @Test
  void schemeHostAndPortAllCount() {
    var origin = Origin.parse("http://example.com");

    assertThat(Origin.parse("https://example.com")).isNotEqualTo(origin);
    assertThat(Origin.parse("http://example.com:8080")).isNotEqualTo(origin);
    assertThat(Origin.parse("http://example.com.evil.org")).isNotEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "example.com",
        "http://",
        "http://example.com/",
        "http://example.com?x",
        "http://example.com#x",
        "http://user@example.com",
        "file:///etc/passwd",
        "http://exa mple.com"
      })
  void whatIsNoOriginIsRefused(String text) {
    assertThat(Origin.parse(text)).isEmpty();
  }
}
