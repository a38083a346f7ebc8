package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.server.gateway.RawSocket.Response;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {
  private final EdgeFixture edge = new EdgeFixture();

  @AfterEach
  void stop() {
    edge.close();
  }

  /// REQ-1: a valid session cookie is enough, and the identity is the session's.
  @Test
  void aSessionCookieOpensTheStreamOfItsUser() throws Exception {
    var session = edge.session("ada");
    try (var client = edge.connect()) {
      var response =
          client.ask(RawSocket.upgrade(EdgeFixture.cookie(session), "User-Agent: test/1"));

      assertThat(response.status()).isEqualTo(101);
      assertThat(response.header("Upgrade")).isEqualTo("websocket");
      assertThat(response.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      var opened = edge.streams.next().client();
      assertThat(opened.user()).isEqualTo(session.identity().user());
      assertThat(opened.sessionId()).isEqualTo(session.identity().sessionId());
      assertThat(opened.agent()).isEqualTo("test/1");
      assertThat(opened.address()).isEqualTo("127.0.0.1");
    }
  }

  /// REQ-1: without a session there is no stream.
  @Test
  void withoutACookieTheUpgradeIsRefused() throws Exception {
    refused(RawSocket.upgrade(), 401, "unauthenticated");
  }

  /// REQ-1: a cookie of no session opens nothing.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "portfolio_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "portfolio_session=",
        "portfolio_session=x; portfolio_session=y",
        "other=1"
      })
  void anUnknownSessionIsRefused(String cookie) throws Exception {
    refused(RawSocket.upgrade("Cookie: " + cookie), 401, "unauthenticated");
  }

  /// REQ-1: an expired session opens nothing.
  @Test
  void anExpiredSessionIsRefused() throws Exception {
    var session = edge.session("ada");
    edge.clock.advance(Duration.ofHours(9));

    refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 401, "unauthenticated");
  }

  /// REQ-1: a revoked session opens nothing.
  @Test
  void aRevokedSessionIsRefused() throws Exception {
    var session = edge.session("ada");
    edge.sessions.revoke(session.identity().sessionId());

    refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 401, "unauthenticated");
  }

  /// REQ-1, REQ-2: neither the URL nor another header can name a user.
  @Test
  void aUserNamedByTheClientIsIgnored() throws Exception {
    var ada = edge.user("ada");
    var session = edge.session("bob");
    var request =
        RawSocket.upgrade(
                EdgeFixture.cookie(session),
                "Authorization: Bearer " + ada.id(),
                "X-User-Id: " + ada.id())
            .replace("/ws/portfolio", "/ws/portfolio?userId=" + ada.id());
    try (var client = edge.connect()) {
      assertThat(client.ask(request).status()).isEqualTo(101);
      assertThat(edge.streams.next().client().user()).isEqualTo(session.identity().user());
    }
    refused(RawSocket.upgrade("Authorization: Bearer " + session.cookie()), 401, "unauthenticated");
  }

  /// REQ-3: of eight at once exactly five get in, and the others are told why.
  @Test
  void ofEightConcurrentUpgradesOfOneUserExactlyFiveGetIn() throws Exception {
    var session = edge.session("ada");
    var together = new CyclicBarrier(8);
    var clients = new ArrayList<RawSocket>();
    for (var count = 0; count < 8; count++) {
      clients.add(edge.connect());
    }
    var attempts =
        clients.stream()
            .<Callable<Response>>map(client ->
                () -> {
                  together.await();
                  return client.ask(RawSocket.upgrade(EdgeFixture.cookie(session)));
                })
            .toList();
    var responses = new ArrayList<Response>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var attempt : threads.invokeAll(attempts)) {
        responses.add(attempt.get());
      }
    }

    assertThat(responses).extracting(Response::status).filteredOn(code -> code == 101).hasSize(5);
    var refusals = responses.stream().filter(response -> response.status() == 429).toList();
    assertThat(refusals).hasSize(3);
    for (var refusal : refusals) {
      assertThat(problem(refusal).code()).isEqualTo("connection_limit");
      assertThat(problem(refusal).detail()).isEqualTo("Maximum connections exceeded");
    }
    assertThat(edge.connections(session)).isEqualTo(5);
    assertThat(edge.refusals).containsOnly("connection_limit").hasSize(3);
    for (var client : clients) {
      client.close();
    }
    Eventually.holds("all places are free", () -> edge.connections(session) == 0);
  }

  /// REQ-3: the limit is each user's own.
  @Test
  void oneUsersPlacesAreNotAnothers() throws Exception {
    var ada = edge.session("ada");
    var bob = edge.session("bob");
    var clients = new ArrayList<RawSocket>();
    for (var count = 0; count < 5; count++) {
      clients.add(edge.upgraded(ada));
    }

    clients.add(edge.upgraded(bob));

    assertThat(edge.connections(ada)).isEqualTo(5);
    assertThat(edge.connections(bob)).isEqualTo(1);
    refused(RawSocket.upgrade(EdgeFixture.cookie(ada)), 429, "connection_limit");
    for (var client : clients) {
      client.close();
    }
  }

  /// REQ-3: a place is free again however its connection ended.
  @ParameterizedTest
  @ValueSource(strings = {"FIN", "RST", "close frame"})
  void howeverConnectionsEndTheirPlacesAreFreed(String end) throws Exception {
    var session = edge.session("ada");
    var clients = new ArrayList<RawSocket>();
    for (var count = 0; count < 5; count++) {
      clients.add(edge.upgraded(session));
    }
    assertThat(edge.connections(session)).isEqualTo(5);

    for (var client : clients) {
      switch (end) {
        case "FIN" -> client.close();
        case "RST" -> client.reset();
        default -> client.close(1000);
      }
    }

    Eventually.holds("all places are free", () -> edge.connections(session) == 0);
    edge.upgraded(session).close();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com,     101",
    "https://reader.example.com,  101",
    "https://writer.example.com,  403",
    "https://evil.example.com,    403",
    "http://app.example.com,      403",
    "null,                        403",
    "garbage,                     403"
  })
  void onlyListedPagesOpenTheStreamWhateverTheHostIsSaidToBe(String origin, int status)
      throws Exception {
    var session = edge.session("ada");
    try (var client = edge.connect()) {
      var request =
          RawSocket.upgrade(EdgeFixture.cookie(session), "Origin: " + origin)
              .replace("Host: localhost", "Host: evil.example.com");
      var response = client.ask(request);

      assertThat(response.status()).isEqualTo(status);
      if (status == 403) {
        assertThat(problem(response).code()).isEqualTo("origin_not_allowed");
        assertThat(edge.connections(session)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "not base64 at all!!!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="})
  void aBadKeyIsRefusedAndTakesNoPlace(String key) throws Exception {
    var session = edge.session("ada");
    for (var count = 0; count < 6; count++) {
      refused(
          RawSocket.upgrade(EdgeFixture.cookie(session)).replace(RawSocket.KEY, key),
          400,
          "bad_request");
    }

    assertThat(edge.connections(session)).isZero();
    edge.upgraded(session).close();
  }

  @Test
  void onlyGetOpensTheStream() throws Exception {
    var session = edge.session("ada");

    refused(
        RawSocket.upgrade(EdgeFixture.cookie(session)).replace("GET ", "POST "),
        405,
        "method_not_allowed");
    assertThat(edge.connections(session)).isZero();
  }

  @Test
  void anotherVersionOfWebSocketIsToldTheRightOne() throws Exception {
    try (var client = edge.connect()) {
      var response = client.ask(RawSocket.upgrade().replace("Version: 13", "Version: 8"));

      assertThat(response.status()).isEqualTo(426);
      assertThat(response.header("Sec-WebSocket-Version")).isEqualTo("13");
    }
  }

  @Test
  void aRequestThatDoesNotAskForTheUpgradeIsToldTo() throws Exception {
    refused(
        RawSocket.request("GET /ws/portfolio HTTP/1.1", "Host: localhost"),
        426,
        "upgrade_required");
    refused(
        RawSocket.upgrade().replace("Connection: keep-alive, Upgrade", "Connection: keep-alive"),
        400,
        "bad_request");
  }

  @Test
  void theCaseOfTheProtocolsNameMakesNoDifference() throws Exception {
    var session = edge.session("ada");
    try (var client = edge.connect()) {
      var request =
          RawSocket.upgrade(EdgeFixture.cookie(session))
              .replace("Upgrade: websocket", "upgrade: WebSocket");
      assertThat(client.ask(request).status()).isEqualTo(101);
    }
  }

  /// REQ-1: whoever cannot be checked is neither let in nor taken for signed out.
  @Test
  void withTheDatabaseAwayTheAnswerIsToComeBack() throws Exception {
    var session = edge.session("ada");
    edge.source.goAway();

    var response = refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 503, "unavailable");

    assertThat(response.header("Retry-After")).isEqualTo("2");
    assertThat(edge.connections(session)).isZero();
  }

  @Test
  void whenThePortfolioCannotBeReadThePlaceIsGivenBack() throws Exception {
    var session = edge.session("ada");
    edge.streams.failure = new LedgerUnavailable("cannot load", new IllegalStateException());

    for (var count = 0; count < 6; count++) {
      refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 503, "unavailable");
    }

    assertThat(edge.connections(session)).isZero();
  }

  @Test
  void ourOwnFaultIsToldWithoutDetails() throws Exception {
    var session = edge.session("ada");
    edge.streams.failure = new IllegalStateException("secret detail");

    var response = refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 500, "internal");

    assertThat(response.body()).doesNotContain("secret detail");
    assertThat(edge.connections(session)).isZero();
  }

  @Test
  void aServerThatShutsDownTakesNobodyIn() throws Exception {
    var session = edge.session("ada");
    edge.draining.set(true);

    var response = refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 503, "draining");

    assertThat(response.header("Retry-After")).isEqualTo("5");
  }

  @Test
  void withRealTimeOffTheReasonIsTold() throws Exception {
    var session = edge.session("ada");
    edge.realtime.set(false);

    refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 503, "realtime_disabled");
    refused(RawSocket.upgrade(), 401, "unauthenticated");
  }

  @Test
  void whoTriesTooOftenIsToldWhenToComeBack() throws Exception {
    var session = edge.session("ada");
    for (var count = 0; count < 20; count++) {
      edge.upgraded(session).close();
      Eventually.holds("the place is free", () -> edge.connections(session) == 0);
    }

    var response = refused(RawSocket.upgrade(EdgeFixture.cookie(session)), 429, "connect_rate");

    assertThat(response.header("Retry-After")).isEqualTo("1");
    edge.upgraded(edge.session("bob")).close();
  }

  @Test
  void theConnectionThatIsReplacedIsTold() throws Exception {
    var session = edge.session("ada");
    try (var client = edge.connect()) {
      var request =
          RawSocket.upgrade(EdgeFixture.cookie(session))
              .replace("/ws/portfolio", "/ws/portfolio?replaces=c7");
      assertThat(client.ask(request).status()).isEqualTo(101);
      assertThat(edge.streams.next().client().replaces()).isEqualTo("c7");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "GARBAGE\r\n\r\n",
        "GET /ws/portfolio HTTP/9.9\r\n\r\n",
        "GET /ws/portfolio HTTP/1.1\r\nHost: localhost\r\nbroken header\r\n\r\n",
        "\0\1\2\3\r\n\r\n"
      })
  void garbageEndsItsOwnConnectionOnly(String garbage) throws Exception {
    var session = edge.session("ada");
    try (var good = edge.upgraded(session);
        var bad = edge.connect()) {
      bad.send(garbage.getBytes(ISO_8859_1));
      while (!bad.isEnded()) {
        // whatever it is told, it is told the end
      }

      good.text("still here");
      assertThat(edge.streams.next().next()).isEqualTo(new FakeStreams.Heard.Text("still here"));
    }
  }

  private Response refused(String request, int status, String code) throws Exception {
    try (var client = edge.connect()) {
      var response = client.ask(request);
      assertThat(response.status()).isEqualTo(status);
      assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(response.header("Cache-Control")).isEqualTo("no-store");
      assertThat(problem(response).status()).isEqualTo(status);
      assertThat(problem(response).code()).isEqualTo(code);
      return response;
    }
  }

  private static Problem problem(Response response) {
    return Json.read(response.body(), Problem.class);
  }
}
