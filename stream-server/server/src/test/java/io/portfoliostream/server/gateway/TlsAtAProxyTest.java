package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A proxy in front of the server that does TLS for it.
class TlsAtAProxyTest {
  private static final String LOGIN = "{\"username\":\"ada\",\"password\":\"secret of ada\"}";

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,  https,         true",
    "127.0.0.1,  HTTPS,         true",
    "127.0.0.1,  'http, https', true",
    "127.0.0.1,  http,          false",
    "127.0.0.1,  'https, http', false",
    "127.0.0.1,  '',            false",
    "10.0.0.0/8, https,         false"
  })
  void onlyAProxyThatWeTrustIsBelievedToDoTls(String trusted, String protocol, boolean secure)
      throws Exception {
    try (var gateway = new GatewayFixture(Map.of("TRUSTED_PROXIES", trusted))) {
      gateway.session("ada");

      var login = gateway.post("/api/login", LOGIN, "X-Forwarded-Proto: " + protocol);

      var cookie = login.header("Set-Cookie");
      assertThat(cookie.startsWith("__Host-portfolio_session=")).isEqualTo(secure);
      assertThat(cookie.endsWith("; Secure")).isEqualTo(secure);
      assertThat(login.header("Strict-Transport-Security").isEmpty()).isNotEqualTo(secure);
    }
  }

  /// REQ-1: behind such a proxy, the stream is opened by the cookie that is bound to TLS.
  @Test
  void theStreamIsOpenedByTheSecureCookie() throws Exception {
    try (var gateway = new GatewayFixture()) {
      var session = gateway.session("ada");
      var cookie = "Cookie: __Host-portfolio_session=" + session.cookie();
      try (var client = new RawSocket(gateway.server.port())) {
        assertThat(client.ask(RawSocket.upgrade(cookie, "X-Forwarded-Proto: https")).status())
            .isEqualTo(101);
      }
      try (var client = new RawSocket(gateway.server.port())) {
        assertThat(client.ask(RawSocket.upgrade(cookie)).status()).isEqualTo(401);
      }
    }
  }
}
