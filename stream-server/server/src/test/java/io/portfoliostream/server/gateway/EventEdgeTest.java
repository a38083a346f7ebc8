package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.gateway.EventClient.Comment;
import io.portfoliostream.server.gateway.EventClient.End;
import io.portfoliostream.server.gateway.FakeStreams.Heard;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of the edge for Server-Sent Events, in front of streams that say nothing by
/// themselves.
class EventEdgeTest {
  private final EdgeFixture edge = new EdgeFixture();

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void theAnswerIsAStreamOfEventsThatNobodyKeeps() throws Exception {
    var session = edge.session("ada");
    try (var client = open(session, "")) {
      assertThat(client.status()).isEqualTo(200);
      assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(client.header("Cache-Control")).isEqualTo("no-store");
      assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(client.header("X-Content-Type-Options")).isEqualTo("nosniff");
      var opened = edge.streams.next();
      assertThat(opened.client().user()).isEqualTo(session.identity().user());
      assertThat(opened.client().sessionId()).isEqualTo(session.identity().sessionId());
      assertThat(opened.next()).isEqualTo(new Heard.Text("{\"type\":\"subscribe\"}"));
    }
  }

  @Test
  void theQueryAndTheLastEventsIdAreTheSubscription() throws Exception {
    var query = "?channels=orders,trades&symbols=AAPL,BRK.B&windowMs=5000&lastEventId=old:1";
    try (var client =
        EventClient.open(edge.port(), edge.session("ada"), query, "Last-Event-ID", "e:f:7")) {
      assertThat(client.status()).isEqualTo(200);
      var said = (Heard.Text) edge.streams.next().next();

      assertThat(Json.read(said.message().getBytes(UTF_8), Object.class))
          .isEqualTo(
              Json.read(
                  """
                  {"type":"subscribe","channels":["orders","trades"],"symbols":["AAPL","BRK.B"],
                   "windowMs":5000,"resume":{"epoch":"e:f","seq":7}}
                  """
                      .getBytes(UTF_8),
                  Object.class));
    }
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "e:", ":1", "e:-1", "e:99999999999999999999", "e:1x"})
  void whatIsNoIdOfOursLeadsToASnapshot(String id) throws Exception {
    try (var client = open(edge.session("ada"), "?lastEventId=" + id)) {
      assertThat(client.status()).isEqualTo(200);
      assertThat(edge.streams.next().next()).isEqualTo(new Heard.Text("{\"type\":\"subscribe\"}"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "channels=orders%2Cprices,  channels",
    "channels=%2C,              channels",
    "symbols=aapl,              symbols",
    "windowMs=0,                windowMs",
    "windowMs=soon,             windowMs"
  })
  void aParameterAtFaultIsNamedAndTakesNoPlace(String query, String field) throws Exception {
    var session = edge.session("ada");
    try (var client = open(session, "?" + query)) {
      var problem = problem(client, 422, "invalid");

      assertThat(problem.errors()).extracting(Problem.FieldError::field).containsExactly(field);
      assertThat(edge.connections(session)).isZero();
    }
  }

  /// REQ-1: without a session there are no events.
  @Test
  void withoutASessionThereAreNoEvents() throws Exception {
    try (var client = EventClient.ask(edge.port(), "")) {
      problem(client, 401, "unauthenticated");
    }
    var session = edge.session("ada");
    edge.sessions.revoke(session.identity().sessionId());
    try (var client = open(session, "")) {
      problem(client, 401, "unauthenticated");
    }
    assertThat(edge.refusals).containsExactly("unauthenticated", "unauthenticated");
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com,     200",
    "https://reader.example.com,  200",
    "https://writer.example.com,  403",
    "https://evil.example.com,    403"
  })
  void onlyListedPagesMayListen(String origin, int status) throws Exception {
    try (var client = EventClient.open(edge.port(), edge.session("ada"), "", "Origin", origin)) {
      assertThat(client.status()).isEqualTo(status);
      if (status == 403) {
        problem(client, 403, "origin_not_allowed");
      }
    }
  }

  @Test
  void whatForbidsAWebSocketForbidsEventsToo() throws Exception {
    var session = edge.session("ada");
    var unseen = edge.session("bob");
    edge.realtime.set(false);
    try (var client = open(session, "")) {
      problem(client, 503, "realtime_disabled");
    }
    edge.draining.set(true);
    try (var client = open(session, "")) {
      problem(client, 503, "draining");
      assertThat(client.header("Retry-After")).isEqualTo("5");
    }
    edge.draining.set(false);
    edge.realtime.set(true);
    edge.source.goAway();
    try (var client = open(unseen, "")) {
      problem(client, 503, "unavailable");
    }
    assertThat(edge.refusals).containsExactly("realtime_disabled", "draining", "unavailable");
  }

  @Test
  void whoTriesTooOftenIsToldWhenToComeBack() throws Exception {
    var session = edge.session("ada");
    for (var count = 0; count < 20; count++) {
      open(session, "?symbols=x").close();
    }
    try (var client = open(session, "")) {
      problem(client, 429, "connect_rate");
      assertThat(client.header("Retry-After")).isNotEmpty();
    }
  }

  @Test
  void whenThePortfolioCannotBeReadThePlaceIsGivenBack() throws Exception {
    var session = edge.session("ada");
    edge.streams.failure = new LedgerUnavailable("cannot load", new IllegalStateException());
    try (var client = open(session, "")) {
      problem(client, 503, "unavailable");
    }
    edge.streams.failure = new IllegalStateException("secret detail");
    try (var client = open(session, "")) {
      assertThat(problem(client, 500, "internal").detail()).doesNotContain("secret");
    }
    assertThat(edge.connections(session)).isZero();
  }

  @Test
  void eventsAreOnlyRead() throws Exception {
    try (var client = edge.connect()) {
      var response = client.ask(RawSocket.post("/api/events", "{}"));

      assertThat(response.status()).isEqualTo(405);
      assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void theHeadAloneTellsWhetherAStreamWouldBeOpenedAndTakesNoPlace() throws Exception {
    var session = edge.session("ada");
    try (var client = edge.connect()) {
      var response =
          client.ask(
              RawSocket.request(
                  "HEAD /api/events HTTP/1.1", "Host: localhost", EdgeFixture.cookie(session)));

      assertThat(response.status()).isEqualTo(204);
      assertThat(edge.connections(session)).isZero();
    }
  }

  /// REQ-3: a client that vanishes gives its place back at once.
  @ParameterizedTest
  @CsvSource({"FIN", "RST"})
  void aClientThatVanishesIsFoundAtOnce(String end) throws Exception {
    var session = edge.session("ada");
    var client = edge.connect();
    assertThat(client.ask(request(session)).status()).isEqualTo(200);
    var stream = edge.streams.next();
    var _ = stream.next();

    if (end.equals("FIN")) {
      client.close();
    } else {
      client.reset();
    }

    assertThat(stream.next()).isEqualTo(new Heard.Gone());
    Eventually.holds("the place is free", () -> edge.connections(session) == 0);
  }

  @Test
  void aHeartbeatIsACommentAndCountsAsHeard() throws Exception {
    try (var client = open(edge.session("ada"), "")) {
      var stream = edge.streams.next();
      var _ = stream.next();

      stream.transport().ping(new byte[8]);

      assertThat(client.next()).isEqualTo(new Comment("heartbeat"));
      assertThat(stream.next()).isEqualTo(new Heard.Alive());
    }
  }

  @Test
  void theReasonOfACloseIsTheLastEvent() throws Exception {
    var session = edge.session("ada");
    try (var client = open(session, "")) {
      var stream = edge.streams.next();
      var _ = stream.next();

      stream.transport().close(4005, "replaced \"here\"");

      var close = client.next("close");
      assertThat(close.json().path("code").asInt()).isEqualTo(4005);
      assertThat(close.json().path("reason").asText()).isEqualTo("replaced \"here\"");
      assertThat(close.id()).isNull();
      assertThat(client.next()).isEqualTo(new End(true));
    }
    Eventually.holds("the place is free", () -> edge.connections(session) == 0);
  }

  @Test
  void aClientThatDoesNotLeaveAfterTheCloseIsCut() throws Exception {
    var session = edge.session("ada");
    try (var client = edge.connect()) {
      assertThat(client.ask(request(session)).status()).isEqualTo(200);
      var stream = edge.streams.next();
      var _ = stream.next();
      stream.transport().close(4002, "too slow");
      assertThat(edge.timer.delays()).containsExactly(EdgeFixture.CLOSE_GRACE);

      edge.timer.runAll();

      assertThat(stream.next()).isEqualTo(new Heard.Gone());
      Eventually.holds("the place is free", () -> edge.connections(session) == 0);
    }
  }

  /// A client that does not read blocks its own writer only, and a cut frees it.
  @Test
  void aCutFreesAWriteThatBlocks() throws Exception {
    var session = edge.session("ada");
    try (var client = edge.connect()) {
      assertThat(client.ask(request(session)).status()).isEqualTo(200);
      var stream = edge.streams.next();
      var _ = stream.next();
      var written = new AtomicLong();
      var failed = new CompletableFuture<IOException>();
      Thread.startVirtualThread(() -> {
        try {
          while (true) {
            stream.transport().write(pong("x".repeat(60_000)));
            written.incrementAndGet();
          }
        } catch (IOException e) {
          failed.complete(e);
        }
      });
      Eventually.staysFor("the writer is blocked", Duration.ofMillis(200), written::get);

      stream.transport().kill();

      assertThat(failed.get(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(stream.next()).isEqualTo(new Heard.Gone());
      Eventually.holds("the place is free", () -> edge.connections(session) == 0);
    }
  }

  /// REQ-10: a client of events cannot ask for what it misses, so nothing is written over a gap.
  @Test
  void nothingIsWrittenOverAGap() throws Exception {
    try (var client = open(edge.session("ada"), "")) {
      var stream = edge.streams.next();
      var _ = stream.next();
      stream.transport().write(subscribed(7));
      stream.transport().write(digest(7, 9));

      assertThatThrownBy(() -> stream.transport().write(digest(10, 10)))
          .isInstanceOf(IOException.class)
          .hasMessage("a gap: 9 is followed by 10");

      assertThat(client.next("subscribed").id()).isEqualTo("e1:7");
      assertThat(((EventClient.Event) client.next()).id()).isEqualTo("e1:9");
    }
  }

  private EventClient open(Opened session, String query) throws Exception {
    return EventClient.open(edge.port(), session, query);
  }

  private static String request(Opened session) {
    return RawSocket.request(
        "GET /api/events HTTP/1.1", "Host: localhost", EdgeFixture.cookie(session));
  }

  private static byte[] pong(String id) {
    return ServerMessageCodec.encode(
        new ServerMessage(Instant.EPOCH, "u", 0, 0, new Pong(id, Instant.EPOCH)));
  }

  private static byte[] digest(long prevSeq, long seq) {
    return ServerMessageCodec.encode(
        new ServerMessage(Instant.EPOCH, "u", prevSeq, seq, new Digest(seq, "sha-256", "00")));
  }

  private static byte[] subscribed(long seq) {
    return """
    {"type":"subscribed","timestamp":"1970-01-01T00:00:00.000Z","userId":"u","prevSeq":0,\
    "seq":%d,"data":{"channels":["orders"],"windowMs":1000,"recovered":false,"epoch":"e1",\
    "seq":%d}}\
    """
        .formatted(seq, seq)
        .getBytes(UTF_8);
  }

  private static Problem problem(EventClient client, int status, String code) throws IOException {
    assertThat(client.status()).isEqualTo(status);
    assertThat(client.header("Content-Type")).isEqualTo("application/problem+json");
    var problem = Json.read(client.body().getBytes(UTF_8), Problem.class);
    assertThat(problem.code()).isEqualTo(code);
    return problem;
  }
}
