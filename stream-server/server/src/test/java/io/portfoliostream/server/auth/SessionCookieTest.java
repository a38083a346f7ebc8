package io.portfoliostream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {
  private static final String VALUE = "A".repeat(42) + "_";

  @Test
  void theCookieIsReadFromAmongOthers() {
    assertThat(
            SessionCookie.read(
                List.of("theme=dark", "a=b;portfolio_session=" + VALUE + " ; lang=en"), false))
        .contains(VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "portfolio_session",
        "portfolio_session=",
        "portfolio_session=short",
        "portfolio_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'",
        "portfolio_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "xportfolio_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatCannotBeOursIsAbsent(String header) {
    assertThat(SessionCookie.read(List.of(header), false)).isEmpty();
  }

  @Test
  void overTlsOnlyACookieOfThisVeryHostCounts() {
    var plain = List.of("portfolio_session=" + VALUE);
    var secure = List.of("__Host-portfolio_session=" + VALUE);

    assertThat(SessionCookie.read(secure, true)).contains(VALUE);
    assertThat(SessionCookie.read(plain, true)).isEmpty();
    assertThat(SessionCookie.read(secure, false)).isEmpty();
  }

  @Test
  void aBrowserKeepsItFromScriptsAndFromOtherSites() {
    assertThat(SessionCookie.set(VALUE, Duration.ofHours(12), false))
        .isEqualTo(
            "portfolio_session=" + VALUE + "; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict");
    assertThat(SessionCookie.clear(false))
        .isEqualTo("portfolio_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
  }

  @Test
  void overTlsABrowserSendsItOverTlsOnly() {
    assertThat(SessionCookie.set(VALUE, Duration.ofHours(12), true))
        .isEqualTo(
            "__Host-portfolio_session="
                + VALUE
                + "; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict; Secure");
    assertThat(SessionCookie.clear(true))
        .isEqualTo(
            "__Host-portfolio_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure");
  }
}
