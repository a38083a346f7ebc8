package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.server.gateway.RawSocket.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What browsers are told on behalf of pages of other origins.
class CrossOriginTest {
  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com,         GET,    204",
    "https://app.example.com,         POST,   204",
    "https://reader.example.com,      GET,    204",
    "https://reader.example.com,      HEAD,   204",
    "https://reader.example.com,      POST,   403",
    "https://reader.example.com,      DELETE, 403",
    "https://writer.example.com,      POST,   204",
    "https://writer.example.com,      GET,    403",
    "https://evil.example.com,        GET,    403",
    "https://evil.example.com,        POST,   403",
    "https://app.example.com.evil.io, POST,   403",
    "http://app.example.com,          POST,   403",
    "https://app.example.com:8443,    POST,   403",
    "null,                            GET,    403",
    "*,                               GET,    403"
  })
  void aBrowserIsToldWhatAPageMayDo(String origin, String method, int status) throws Exception {
    var answer = preflight("/api/orders", origin, method);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 403) {
      assertThat(Json.read(answer.body(), Problem.class).code()).isEqualTo("origin_not_allowed");
      assertThat(answer.header("Access-Control-Allow-Methods")).isEmpty();
    } else {
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
      assertThat(answer.header("Access-Control-Allow-Methods")).contains(method);
    }
  }

  @Test
  void aGrantNamesMethodsHeadersAndItsAge() throws Exception {
    var answer = preflight("/api/orders", "https://app.example.com", "POST");

    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .contains("Content-Type", "Idempotency-Key");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("600");
    assertThat(answer.header("Vary"))
        .isEqualTo("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aGrantNamesOnlyWhatThePageMayDo() throws Exception {
    assertThat(
            preflight("/api/orders", "https://reader.example.com", "GET")
                .header("Access-Control-Allow-Methods"))
        .isEqualTo("GET, HEAD");
    assertThat(
            preflight("/api/orders", "https://writer.example.com", "POST")
                .header("Access-Control-Allow-Methods"))
        .isEqualTo("POST");
  }

  @Test
  void aPreflightNeedsNoSession() throws Exception {
    assertThat(preflight("/api/broker-account", "https://app.example.com", "PUT").status())
        .isEqualTo(204);
    assertThat(preflight("/api/sessions/s_1", "https://app.example.com", "DELETE").status())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com,    200, https://app.example.com",
    "https://APP.example.com,    200, https://app.example.com",
    "https://reader.example.com, 200, https://reader.example.com",
    "https://writer.example.com, 403, https://writer.example.com",
    "https://evil.example.com,   403, ''",
    "null,                       403, ''"
  })
  void aListedPageMayReadTheAnswer(String origin, int status, String echoed) throws Exception {
    var session = gateway.session("ada");
    var answer =
        gateway.ask(
            "GET /api/me HTTP/1.1",
            "Host: localhost",
            EdgeFixture.cookie(session),
            "Origin: " + origin);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(echoed);
    assertThat(answer.header("Access-Control-Allow-Credentials"))
        .isEqualTo(echoed.isEmpty() ? "" : "true");
    assertThat(answer.header("Vary")).isEqualTo("Origin");
    if (status == 403) {
      assertThat(answer.body()).doesNotContain("ada");
    }
  }

  /// A program that cannot read why it was refused cannot tell its user.
  @ParameterizedTest
  @ValueSource(strings = {"/api/me", "/nowhere"})
  void aListedPageMayReadARefusalToo(String path) throws Exception {
    var answer =
        gateway.ask(
            "GET " + path + " HTTP/1.1", "Host: localhost", "Origin: https://app.example.com");

    assertThat(answer.status()).isBetween(401, 404);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
    assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo("Retry-After");
  }

  @Test
  void aPageThatIsNotListedReadsNothingAndSignsNobodyIn() throws Exception {
    gateway.session("ada");
    var login = "{\"username\":\"ada\",\"password\":\"secret of ada\"}";

    var refused = gateway.post("/api/login", login, "Origin: https://evil.example.com");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("Set-Cookie")).isEmpty();
    assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void twoOriginsAreNone() throws Exception {
    var answer =
        gateway.ask(
            "GET /api/health HTTP/1.1",
            "Host: localhost",
            "Origin: https://app.example.com",
            "Origin: https://evil.example.com");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void withoutAnOriginNothingIsSaidOfOrigins() throws Exception {
    var answer = gateway.ask("GET /api/health HTTP/1.1", "Host: localhost");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head()).doesNotContain("Access-Control");
    assertThat(answer.header("Vary")).isEqualTo("Origin");
  }

  private Response preflight(String path, String origin, String method) throws IOException {
    return gateway.ask(
        "OPTIONS " + path + " HTTP/1.1",
        "Host: localhost",
        "Origin: " + origin,
        "Access-Control-Request-Method: " + method,
        "Access-Control-Request-Headers: content-type,idempotency-key");
  }
}
