package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.gateway.RawSocket.Response;
import io.portfoliostream.server.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The public listener over TLS of its own.
class TlsTest {
  private static final String LOGIN = "{\"username\":\"ada\",\"password\":\"secret of ada\"}";
  private static final String HSTS = "max-age=31536000";

  private final TestCertificate certificate = TestCertificate.shared();
  private final SSLContext trust = certificate.client();
  private final GatewayFixture gateway = new GatewayFixture(certificate.settings());

  @AfterEach
  void stop() {
    gateway.close();
  }

  /// REQ-1: over TLS the cookie is bound to TLS and to this very host.
  @Test
  void theCookieIsForTlsAndThisHostAlone() throws Exception {
    gateway.session("ada");

    var login = ask(RawSocket.post("/api/login", LOGIN));

    assertThat(login.status()).isEqualTo(204);
    assertThat(login.header("Set-Cookie"))
        .matches(
            "__Host-portfolio_session=[\\w-]{43}; Max-Age=28800; Path=/; HttpOnly;"
                + " SameSite=Strict; Secure");
    var cookie = login.header("Set-Cookie").split(";", 2)[0];
    assertThat(get("/api/me", "Cookie: " + cookie).status()).isEqualTo(200);
    assertThat(get("/api/me", "Cookie: " + cookie.replace("__Host-", "")).status())
        .as("a neighbour could have planted it")
        .isEqualTo(401);
    var logout = ask(RawSocket.post("/api/logout", "{}", "Cookie: " + cookie));
    assertThat(logout.header("Set-Cookie")).startsWith("__Host-portfolio_session=; Max-Age=0");
    assertThat(get("/api/me", "Cookie: " + cookie).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/health HTTP/1.1,   200",
    "GET /api/me HTTP/1.1,       401",
    "GET /nowhere HTTP/1.1,      404",
    "GET /api/%zz HTTP/1.1,      400",
    "GET /ws/portfolio HTTP/1.1, 426"
  })
  void everyAnswerTellsBrowsersToStayWithTls(String line, int status) throws Exception {
    var answer = ask(RawSocket.request(line, "Host: localhost"));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Strict-Transport-Security")).isEqualTo(HSTS);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void aRefusedUpgradeTellsBrowsersToStayWithTlsToo() throws Exception {
    var answer = ask(RawSocket.upgrade());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Strict-Transport-Security")).isEqualTo(HSTS);
  }

  /// A client that checks certificates and names is served: the whole chain is told.
  @Test
  void anOrdinaryClientIsServed() throws Exception {
    try (var http = HttpClient.newBuilder().sslContext(trust).build()) {
      var request = HttpRequest.newBuilder(uri("https", "/api/health")).build();

      var answer = http.send(request, BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"status\":\"up\"");
    }
  }

  @Test
  void aClientThatDoesNotKnowTheAuthorityTurnsAway() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(uri("https", "/api/health")).build();

      assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  /// REQ-1: the stream works over TLS, and ends with its session.
  @Test
  void theStreamWorksOverTls() throws Exception {
    var session = gateway.session("ada");
    var listener = new Heard();
    try (var http = HttpClient.newBuilder().sslContext(trust).build()) {
      var socket =
          http.newWebSocketBuilder()
              .header("Cookie", "__Host-portfolio_session=" + session.cookie())
              .buildAsync(uri("wss", "/ws/portfolio"), listener)
              .get(10, TimeUnit.SECONDS);

      assertThat(listener.first.get(10, TimeUnit.SECONDS)).contains("\"type\":\"welcome\"");
      ask(RawSocket.post("/api/logout", "{}", cookie(session)));
      assertThat(listener.code.get(10, TimeUnit.SECONDS)).isEqualTo(4401);
      socket.abort();
    }
  }

  @Test
  void aClientThatDoesNotSayGoodbyeIsCutOverTlsToo() throws Exception {
    var session = gateway.session("ada");
    try (var stream = open()) {
      assertThat(stream.ask(RawSocket.upgrade(cookie(session))).status()).isEqualTo(101);

      ask(RawSocket.post("/api/logout", "{}", cookie(session)));

      assertThat(stream.closeCode()).isEqualTo(4401);
      assertThat(stream.isEnded()).isTrue();
      Eventually.holds(
          "the place is free", () -> gateway.bus.connections(session.identity().user()) == 0);
    }
  }

  @Test
  void whoeverSpeaksPlainHttpIsNotServedAndHarmsNobody() throws Exception {
    for (var count = 0; count < 5; count++) {
      try (var plain = new RawSocket(gateway.server.port())) {
        plain.send(
            RawSocket.request("GET /api/health HTTP/1.1", "Host: localhost").getBytes(ISO_8859_1));
        assertThatThrownBy(plain::response).isInstanceOf(IOException.class);
      } catch (SSLException e) {
        throw new AssertionError("a plain socket knows no TLS", e);
      }
    }

    assertThat(get("/api/health").status()).isEqualTo(200);
  }

  @Test
  void theManagementListenerStaysAsItIs() throws Exception {
    try (var client = new RawSocket(gateway.server.managementPort())) {
      var metrics = client.ask(RawSocket.request("GET /metrics HTTP/1.1", "Host: localhost"));

      assertThat(metrics.status()).isEqualTo(200);
      assertThat(metrics.header("Strict-Transport-Security")).isEmpty();
    }
  }

  private Response get(String path, String... headers) throws IOException {
    return ask(
        RawSocket.request(
            "GET " + path + " HTTP/1.1", "Host: localhost", String.join("\r\n", headers)));
  }

  private Response ask(String request) throws IOException {
    try (var client = open()) {
      return client.ask(request);
    }
  }

  private RawSocket open() throws IOException {
    var socket =
        (SSLSocket) trust.getSocketFactory().createSocket("localhost", gateway.server.port());
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return new RawSocket(socket);
  }

  private URI uri(String scheme, String path) {
    return URI.create(scheme + "://localhost:" + gateway.server.port() + path);
  }

  private static String cookie(Opened session) {
    return "Cookie: __Host-portfolio_session=" + session.cookie();
  }

  /// What a stream heard.
  private static final class Heard implements WebSocket.Listener {
    final CompletableFuture<String> first = new CompletableFuture<>();
    final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        first.complete(message.toString());
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      code.complete(status);
      return null;
    }
  }
}
