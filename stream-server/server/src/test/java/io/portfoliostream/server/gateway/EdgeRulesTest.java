package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.gateway.RawSocket.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeRulesTest {
  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: https://app.example.com,      204",
    "Origin: https://writer.example.com,   204",
    "Origin: https://reader.example.com,   403",
    "Origin: https://evil.example.com,     403",
    "Origin: null,                         403",
    "Sec-Fetch-Site: cross-site,           403",
    "Sec-Fetch-Site: same-origin,          403",
    "User-Agent: curl/8,                   204"
  })
  void onlyListedPagesChangeAnything(String header, int status) throws Exception {
    var logout = gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost", header);

    assertThat(logout.status()).isEqualTo(status);
    if (status == 403) {
      assertThat(problem(logout, 403).code()).isEqualTo("origin_not_allowed");
    }
  }

  @Test
  void signingInIsAChangeToo() throws Exception {
    gateway.session("ada");
    var login = "{\"username\":\"ada\",\"password\":\"secret of ada\"}";

    problem(gateway.post("/api/login", login, "Origin: https://evil.example.com"), 403);
    assertThat(gateway.post("/api/login", login, "Origin: https://app.example.com").status())
        .isEqualTo(204);
  }

  @Test
  void aPageFromElsewhereCannotTradeWithTheCookie() throws Exception {
    var session = gateway.session("ada");

    var response =
        gateway.post(
            "/api/orders",
            "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"market\",\"qty\":\"5\"}",
            EdgeFixture.cookie(session),
            "Idempotency-Key: k1",
            "Origin: https://evil.example.com");

    assertThat(problem(response, 403).code()).isEqualTo("origin_not_allowed");
    assertThat(Json.read(gateway.get("/api/orders", session).body(), Rest.Orders.class).orders())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: application/jsonx",
        "X-None: 1"
      })
  void aBodyThatDoesNotClaimToBeJsonIsRefused(String header) throws Exception {
    var response =
        ask(
            RawSocket.request(
                    "POST /api/login HTTP/1.1", "Host: localhost", "Content-Length: 2", header)
                + "{}");

    assertThat(problem(response, 415).code()).isEqualTo("unsupported_media_type");
  }

  @Test
  void theParametersOfAContentTypeMakeNoDifference() throws Exception {
    var response =
        ask(
            RawSocket.request(
                    "POST /api/login HTTP/1.1",
                    "Host: localhost",
                    "Content-Length: 2",
                    "Content-Type: Application/JSON; charset=utf-8")
                + "{}");

    problem(response, 422);
  }

  @Test
  void aBodyOverTheLimitIsRefusedByItsLength() throws Exception {
    var response =
        ask(
            RawSocket.request(
                "POST /api/login HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 65537"));

    assertThat(problem(response, 413).code()).isEqualTo("body_too_large");
  }

  @Test
  void aBodyOverTheLimitIsRefusedInChunksToo() throws Exception {
    var chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
    var response =
        ask(
            RawSocket.request(
                    "POST /api/login HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked")
                + chunk.repeat(5));

    assertThat(problem(response, 413).code()).isEqualTo("body_too_large");
  }

  @Test
  void aBodyUpToTheLimitIsRead() throws Exception {
    var json = "{}" + " ".repeat(64 * 1024 - 2);

    problem(gateway.post("/api/login", json), 422);
  }

  @Test
  void aBodyThatIsNestedTooDeepIsRefused() throws Exception {
    problem(gateway.post("/api/login", "[".repeat(60_000)), 400);
  }

  @Test
  void aPostWithoutTheBodyThatItNeedsIsRefused() throws Exception {
    problem(gateway.ask("POST /api/login HTTP/1.1", "Host: localhost"), 400);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,     /,                     404",
    "GET,     /api,                  404",
    "GET,     /api/unknown,          404",
    "GET,     /api/orders/17/legs,   404",
    "GET,     /api/orders/17,        401",
    "GET,     /metrics,              404",
    "GET,     /api/../metrics,       404",
    "POST,    /nowhere,              404",
    "DELETE,  /api/orders,           405",
    "POST,    /api/portfolio,        405",
    "GET,     /api/login,            405",
    "PUT,     /api/me,               405",
    "OPTIONS, /api/me,               405",
    "BREW,    /api/me,               405"
  })
  void everyRefusalHasAProblemForABody(String method, String path, int status) throws Exception {
    var response = gateway.ask(method + " " + path + " HTTP/1.1", "Host: localhost");

    problem(response, status);
    assertThat(response.header("Allow").isEmpty()).isEqualTo(status != 405);
  }

  @Test
  void allMethodsOfAPathAreTold() throws Exception {
    assertThat(gateway.ask("DELETE /api/orders HTTP/1.1", "Host: localhost").header("Allow"))
        .isEqualTo("GET, HEAD, POST");
  }

  @Test
  void aHeadIsAnsweredAsAGetWithoutTheBody() throws Exception {
    var got = gateway.ask("GET /api/health HTTP/1.1", "Host: localhost");
    try (var client = new RawSocket(gateway.server.port())) {
      client.send(
          RawSocket.request("HEAD /api/health HTTP/1.1", "Host: localhost", "Connection: close")
              .getBytes(ISO_8859_1));

      var response = client.head();

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("Content-Type")).isEqualTo("application/json");
      assertThat(response.header("Content-Length")).isEqualTo(got.header("Content-Length"));
      assertThat(client.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/me, 401", "/api/login, 405", "/nowhere, 404"})
  void aHeadIsRefusedAsAGetIs(String path, int status) throws Exception {
    try (var client = new RawSocket(gateway.server.port())) {
      client.send(
          RawSocket.request("HEAD " + path + " HTTP/1.1", "Host: localhost").getBytes(ISO_8859_1));

      assertThat(client.head().status()).isEqualTo(status);
      assertThat(client.ask(RawSocket.request("GET /api/health HTTP/1.1", "Host: x")).status())
          .isEqualTo(200);
    }
  }

  /// No fault of ours, and nobody to tell.
  @Test
  void aClientThatGoesAwayWithinItsBodyIsNotAnswered() throws Exception {
    var request = RawSocket.post("/api/login", "{\"username\":\"ada\"}").getBytes(ISO_8859_1);
    try (var client = new RawSocket(gateway.server.port())) {
      client.send(Arrays.copyOf(request, request.length - 3)).finish();

      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void aBodyThatWasNotReadIsNeverTakenForARequest() throws Exception {
    var hidden = RawSocket.request("GET /api/health HTTP/1.1", "Host: localhost");
    for (var connection : List.of("close", "keep-alive")) {
      try (var client = new RawSocket(gateway.server.port())) {
        var refused =
            client.ask(
                RawSocket.post(
                    "/api/login",
                    hidden,
                    "Origin: https://evil.example.com",
                    "Connection: " + connection));
        assertThat(refused.status()).isEqualTo(403);
        if (connection.equals("close")) {
          assertThat(client.isEnded()).isTrue();
        } else {
          var next = client.ask(RawSocket.request("GET /nowhere HTTP/1.1", "Host: localhost"));
          assertThat(next.status()).isEqualTo(404);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/health HTTP/1.1\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /api/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
        "GET /api/health?<script> HTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  void aRequestThatCannotBeReadHasAProblemForABody(String request) throws Exception {
    var problem = problem(ask(request), 400);

    assertThat(problem.code()).isEqualTo("bad_request");
    assertThat(problem.detail()).doesNotContain("script", "Exception");
  }

  @Test
  void headersOverTheLimitAreRefused() throws Exception {
    var response =
        ask(
            RawSocket.request(
                "GET /api/health HTTP/1.1", "Host: localhost", "X-Long: " + "x".repeat(20_000)));

    assertThat(response.status()).isBetween(400, 431);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/health", "/api/me", "/nowhere"})
  void everyAnswerTellsBrowsersToBeCareful(String path) throws Exception {
    var response = gateway.ask("GET " + path + " HTTP/1.1", "Host: localhost");

    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(response.header("Vary")).isEqualTo("Origin");
    assertThat(response.header("Strict-Transport-Security")).as("without TLS").isEmpty();
    assertThat(response.head()).doesNotContainIgnoringCase("\r\nServer:");
  }

  @Test
  void severalRequestsShareAConnection() throws Exception {
    try (var client = new RawSocket(gateway.server.port())) {
      var request = RawSocket.request("GET /api/health HTTP/1.1", "Host: localhost");
      for (var count = 0; count < 3; count++) {
        assertThat(client.ask(request).status()).isEqualTo(200);
      }
      assertThat(client.ask(RawSocket.request("GET /nowhere HTTP/1.1", "Host: x")).status())
          .isEqualTo(404);
      assertThat(client.ask(request).status()).isEqualTo(200);
    }
  }

  @Test
  void healthNeedsNoLoginAndTellsWhenTheServerLeaves() throws Exception {
    var health = gateway.ask("GET /api/health HTTP/1.1", "Host: localhost");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.header("Content-Type")).isEqualTo("application/json");
    assertThat(Json.read(health.body(), Rest.Health.class).status()).isEqualTo("up");

    gateway.server.drain();

    var leaving = gateway.ask("GET /api/health HTTP/1.1", "Host: localhost");
    assertThat(leaving.status()).isEqualTo(503);
    assertThat(Json.read(leaving.body(), Rest.Health.class).status()).isEqualTo("draining");
  }

  @Test
  void theManagementListenerHasMetricsAndHealthAndNothingElse() throws Exception {
    gateway.ask("GET /api/health HTTP/1.1", "Host: localhost");

    var metrics = manage("/metrics");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body())
        .contains(
            "jvm_memory_used_bytes{",
            "stream_connections_active{node=\"test-node\"} 0.0",
            "http_server_requests_seconds_bucket{",
            "path=\"/api/health\"",
            "status=\"200\"");
    assertThat(manage("/health").status()).isEqualTo(200);
    problem(manage("/api/me"), 404);
    problem(manage("/api/portfolio"), 404);
  }

  @Test
  void aTakenPortIsNamedWithItsSetting() {
    var taken = Integer.toString(gateway.server.port());

    assertThatThrownBy(() -> new GatewayFixture(Map.of("STREAM_PORT", taken)))
        .isInstanceOf(PortTaken.class)
        .hasMessageStartingWith("port " + taken + " on 127.0.0.1 is taken (STREAM_PORT)");
    assertThatThrownBy(() -> new GatewayFixture(Map.of("MANAGEMENT_PORT", taken)))
        .isInstanceOf(PortTaken.class)
        .hasMessageStartingWith("port " + taken + " on 127.0.0.1 is taken (MANAGEMENT_PORT)");
  }

  private Response manage(String path) throws Exception {
    try (var client = new RawSocket(gateway.server.managementPort())) {
      return client.ask(RawSocket.request("GET " + path + " HTTP/1.1", "Host: localhost"));
    }
  }

  private Response ask(String request) throws Exception {
    try (var client = new RawSocket(gateway.server.port())) {
      return client.ask(request);
    }
  }

  private static Problem problem(Response response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    var problem = Json.read(response.body(), Problem.class);
    assertThat(problem.status()).isEqualTo(status);
    return problem;
  }
}
