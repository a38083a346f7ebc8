package io.portfoliostream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.client.StreamApiException.BadAnswer;
import io.portfoliostream.client.StreamApiException.Refused;
import io.portfoliostream.client.StreamApiException.Unreachable;
import io.portfoliostream.protocol.OrderRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamApiTest {
  private static final SessionCookie COOKIE = new SessionCookie("secret-1");

  private final FakeServer server;
  private final ClientRuntime runtime = ClientRuntime.create();
  private final StreamApi api;

  StreamApiTest() throws Exception {
    this.server = new FakeServer();
    this.api = new StreamApi(runtime.http(), server.uri(), Duration.ofSeconds(10));
  }

  @AfterEach
  void end() throws Exception {
    runtime.close();
    server.close();
  }

  private static String signedIn(String cookie) {
    return FakeServer.response(204, "Set-Cookie: " + cookie + "\r\n", "");
  }

  @Test
  void aLoginGivesTheCookie() {
    server.answers(
        "/api/login", signedIn("portfolio_session=abc-123; Path=/; HttpOnly; SameSite=Strict"));

    assertThat(api.login("demo", "demo")).isEqualTo(new SessionCookie("abc-123"));
    assertThat(server.requests.getFirst()).doesNotContain("X-Forwarded-For", "Origin");
  }

  @Test
  void theCookieIsTakenUnderItsNameOverTlsToo() {
    server.answers(
        "/api/login",
        signedIn("__Host-portfolio_session=abc; Path=/; HttpOnly; SameSite=Strict; Secure"));

    assertThat(api.login("demo", "demo")).isEqualTo(new SessionCookie("abc"));
  }

  @Test
  void overTlsTheCookieIsSentUnderBothNames() {
    assertThat(COOKIE.header(URI.create("http://server"))).isEqualTo("portfolio_session=secret-1");
    assertThat(COOKIE.header(URI.create("https://server")))
        .isEqualTo("__Host-portfolio_session=secret-1; portfolio_session=secret-1");
  }

  @Test
  void aLoginForSomeoneElseTellsTheirAddress() {
    server.answers("/api/login", signedIn("portfolio_session=abc; Path=/"));

    var _ = api.login("demo", "demo", "203.0.113.9");

    assertThat(server.requests.getFirst()).contains("X-Forwarded-For: 203.0.113.9\r\n");
    assertThatThrownBy(() -> api.login("demo", "demo", "1.1.1.1\r\nEvil: yes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLoginWithoutACookieIsABadAnswer() {
    server.answers("/api/login", signedIn("other=abc"));

    assertThatExceptionOfType(BadAnswer.class).isThrownBy(() -> api.login("demo", "demo"));
  }

  @Test
  void aRefusalTellsItsProblemAndWhenToComeBack() {
    server.answers(
        "/api/login",
        FakeServer.response(
            429,
            "Content-Type: application/problem+json\r\nRetry-After: 7\r\n",
            """
            {"type":"about:blank","title":"Too many","status":429,"code":"login_rate",\
            "detail":"slow down"}\
            """));

    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> api.login("demo", "wrong"))
        .satisfies(refused -> {
          assertThat(refused.problem().code()).isEqualTo("login_rate");
          assertThat(refused.retryAfter()).contains(Duration.ofSeconds(7));
        });
  }

  @Test
  void aRefusalInAnyOtherFormGetsAProblemOfItsStatus() {
    server.answers("/api/me", FakeServer.response(502, "Content-Type: text/html\r\n", "<html>"));

    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> api.me(COOKIE))
        .satisfies(refused -> {
          assertThat(refused.problem().status()).isEqualTo(502);
          assertThat(refused.problem().code()).isEqualTo("unavailable");
        });
  }

  @Test
  void anAnswerThatIsNotWhatWasPromisedIsABadAnswer() {
    server.json("/api/me", 200, "{\"userId\":7");
    assertThatExceptionOfType(BadAnswer.class).isThrownBy(() -> api.me(COOKIE));

    server.answers("/api/me", FakeServer.response(302, "Location: /elsewhere\r\n", ""));
    assertThatExceptionOfType(BadAnswer.class).isThrownBy(() -> api.me(COOKIE));
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws Exception {
    server.stop();

    assertThatExceptionOfType(Unreachable.class).isThrownBy(() -> api.me(COOKIE));
  }

  @Test
  void aServerThatTricklesIsUnreachable() {
    server.answers("/api/me", "HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{");
    var hasty = new StreamApi(runtime.http(), server.uri(), Duration.ofMillis(200));

    assertThatExceptionOfType(Unreachable.class).isThrownBy(() -> hasty.me(COOKIE));
  }

  @Test
  void aDrainingServerStillTellsItsHealth() {
    server.json(
        "/api/health",
        503,
        FakeServer.HEALTHY.replace("\"up\",\"realtime\"", "\"draining\",\"realtime\""));

    assertThat(api.health().status()).isEqualTo("draining");
  }

  @Test
  void anOrderCarriesItsKey() {
    server.problem("/api/orders", 422, "invalid");
    var order = OrderRequest.market("AAPL", "buy", BigDecimal.ONE);

    assertThatExceptionOfType(Refused.class).isThrownBy(() -> api.submit(COOKIE, order, "key-1"));
    assertThat(server.requests.getFirst())
        .contains("Idempotency-Key: key-1\r\n", "Cookie: portfolio_session=secret-1\r\n");
    assertThatThrownBy(() -> api.submit(COOKIE, order, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pagesAreAskedForInTheQuery() {
    server.problem("/api/orders", 404, "not_found");
    server.problem("/api/trades", 404, "not_found");

    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> api.orders(COOKIE, "open", 50, "o 1"));
    assertThatExceptionOfType(Refused.class).isThrownBy(() -> api.trades(COOKIE, 10, null));
    assertThat(server.requests.get(0))
        .startsWith("GET /api/orders?status=open&limit=50&before=o+1 ");
    assertThat(server.requests.get(1)).startsWith("GET /api/trades?limit=10 ");
  }

  @Test
  void aCookieIsNeverPrintedAndNeverSplitsAHeader() {
    assertThat(COOKIE.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> new SessionCookie("a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SessionCookie("a;b")).isInstanceOf(IllegalArgumentException.class);
  }
}
