package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.message;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.replay;
import static io.portfoliostream.client.Samples.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ConnectionState.Closed;
import io.portfoliostream.client.ConnectionState.Live;
import io.portfoliostream.client.ConnectionState.Polling;
import io.portfoliostream.client.ConnectionState.Reconnecting;
import io.portfoliostream.client.ConnectionState.SignedOut;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.protocol.StreamPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The client on real sockets.
@Timeout(60)
class SocketTest {
  private static final int PONG = 10;
  private static final int CLOSE = 8;

  private final SocketFixture it;

  SocketTest() throws Exception {
    this.it = new SocketFixture();
  }

  @AfterEach
  void end() throws Exception {
    it.close();
  }

  /// REQ-1: identity is the cookie alone.
  @Test
  void itShowsItsCookieAndNothingElse() throws Exception {
    var peer = it.live(7);

    assertThat(peer.head).startsWith("GET /ws/portfolio HTTP/1.1\r\n");
    assertThat(peer.head).contains("\r\nCookie: portfolio_session=secret-1\r\n");
    assertThat(peer.head).doesNotContainIgnoringCase("\r\norigin:");
    assertThat(it.quantity()).isEqualTo("10");
  }

  @Test
  void messagesArriveWholeHoweverTheyAreCut() throws Exception {
    var peer = it.live(7);

    peer.sendInPieces(message(7, 8, position("AAPL", "11", "100")));
    peer.send(message(8, 9, position("AAPL", "12", "100")));

    SocketFixture.await("the second change", () -> it.quantity().equals("12"));
    assertThat(it.client.counters().gaps()).isZero();
  }

  @Test
  void pingsAreAnswered() throws Exception {
    var peer = it.live(7);

    peer.ping();

    assertThat(peer.await(PONG).octets()).isEqualTo("\1");
  }

  @Test
  void aGapIsAnsweredByResume() throws Exception {
    var peer = it.live(7);

    peer.send(message(8, 9, position("AAPL", "12", "100")));

    assertThat(peer.message()).isEqualTo(new Resume(new StreamPosition(EPOCH, 7)));
    peer.send(
        replay(
            EPOCH,
            9,
            message(7, 8, position("AAPL", "11", "100")),
            message(8, 9, position("AAPL", "12", "100"))));
    SocketFixture.await("the replay", () -> it.quantity().equals("12"));
  }

  /// REQ-1
  @Test
  void a401AsksForALogin() throws Exception {
    it.server.problem("/ws/portfolio", 401, "unauthenticated");
    it.client.start();

    assertThat(it.await(SignedOut.class).reason()).isEqualTo("unauthenticated");
    assertThat(it.server.requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, connection_limit", "503, realtime_disabled"})
  void aRefusalWithItsReasonPolls(int status, String code) throws Exception {
    it.server.problem("/ws/portfolio", status, code);
    it.client.start();

    assertThat(it.await(Polling.class).reason()).isEqualTo(code);
  }

  @Test
  void aRefusalWithoutBodyIsExplainedByTheStatus() throws Exception {
    it.server.answers("/ws/portfolio", FakeServer.response(503, "", ""));
    it.server.json(
        "/api/stream/status", 200, "{\"realtimeEnabled\":false,\"limit\":5,\"connections\":[]}");
    it.client.start();

    assertThat(it.await(Polling.class).reason()).isEqualTo("realtime_disabled");
  }

  @Test
  void aServerThatIsNotReadyYetIsTriedAgain() throws Exception {
    it.server.problem("/ws/portfolio", 503, "unavailable");
    it.client.start();
    it.await(Reconnecting.class);

    it.server.answers("/ws/portfolio", FakeServer.UPGRADE);
    var _ = it.serve(7);

    it.await(Live.class);
  }

  /// REQ-7
  @Test
  void afterAFinItResumesAndNamesTheConnectionThatItReplaces() throws Exception {
    it.live(7).fin();

    assertResumes();
  }

  /// REQ-7
  @Test
  void afterAResetItResumesAndNamesTheConnectionThatItReplaces() throws Exception {
    it.live(7).reset();

    assertResumes();
  }

  /// The JDK's WebSocket loses a FIN that comes while a message is being handled.
  @Test
  void anEndThatComesWhileAMessageIsHandledIsFoundOutWithinSeconds() throws Exception {
    it.close();
    var patient = ClientSettings.of(URI.create("http://placeholder.example"));
    try (var slow = new SocketFixture(patient)) {
      var peer = slow.live(7);
      var hungUp = new CountDownLatch(1);
      var _ = slow.client.subscribe(_ -> hangUp(peer, slow, hungUp));

      peer.send(message(7, 8, position("AAPL", "11", "100")));

      assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
      slow.await(Reconnecting.class);
    }
  }

  private static void hangUp(WebSocketPeer peer, SocketFixture slow, CountDownLatch hungUp) {
    if (hungUp.getCount() == 0) {
      return;
    }
    try {
      peer.fin();
      // When this answer is here, the client's selector has seen the end of the stream too.
      var health = slow.server.uri().resolve("/api/health").toURL().openConnection();
      var _ = health.getContentLength();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hungUp.countDown();
  }

  private void assertResumes() throws Exception {
    it.await(Reconnecting.class);
    assertThat(it.quantity()).as("the last state stays on screen").isEqualTo("10");
    var peer = it.server.peer();
    assertThat(peer.head).startsWith("GET /ws/portfolio?replaces=conn-1 HTTP/1.1\r\n");
    peer.send(welcome(EPOCH, 8));
    assertThat(peer.message())
        .isEqualTo(new Subscribe(null, null, null, new StreamPosition(EPOCH, 7)));
    peer.send(replay(EPOCH, 8, message(7, 8, position("AAPL", "11", "100"))));
    it.await(Live.class);
    assertThat(it.quantity()).isEqualTo("11");
    assertThat(it.client.counters().replays()).isEqualTo(1);
  }

  @Test
  void silenceIsALoss() throws Exception {
    var peer = it.live(7);

    it.await(Reconnecting.class);

    assertThat(peer.isAtEnd()).as("the mute connection is cut").isTrue();
    var _ = it.serve(8);
    it.await(Live.class);
  }

  @Test
  void aRestartIsFollowedWithinTheToldRange() throws Exception {
    var peer = it.live(7);
    peer.send(message(7, 7, new Shutdown("restart", new Shutdown.Range(600, 700))));
    peer.close(CloseCode.RESTART.code());

    var told = it.await(Reconnecting.class).nextAttemptAt();

    assertThat(Duration.between(Instant.now(), told))
        .isBetween(Duration.ZERO, Duration.ofMillis(700));
    var _ = it.serve(8);
    assertThat(Instant.now()).isAfterOrEqualTo(told);
    it.await(Live.class);
  }

  @Test
  void aSessionThatEndsAsksForALogin() throws Exception {
    it.live(7).close(CloseCode.SESSION_ENDED.code());

    assertThat(it.await(SignedOut.class).reason()).isEqualTo("session_ended");
    assertThat(it.server.noPeerWaits()).isTrue();
  }

  @Test
  void aReplacedConnectionStaysClosed() throws Exception {
    it.live(7).close(CloseCode.REPLACED.code());

    it.await(Closed.class);
    assertThat(it.server.noPeerWaits()).isTrue();
  }

  @Test
  void realTimeSwitchedOffPollsAndOnIsLiveAgain() throws Exception {
    it.server.json(
        "/api/stream/status", 200, "{\"realtimeEnabled\":false,\"limit\":5,\"connections\":[]}");
    it.live(7).close(CloseCode.REALTIME_DISABLED.code());
    assertThat(it.await(Polling.class).reason()).isEqualTo("realtime_disabled");

    it.server.json(
        "/api/stream/status", 200, "{\"realtimeEnabled\":true,\"limit\":5,\"connections\":[]}");
    var _ = it.serve(8);

    it.await(Live.class);
  }

  @Test
  void anyOtherCloseComesBack() throws Exception {
    for (int code : List.of(1001, 4001, 4002, 4003)) {
      var peer = code == 1001 ? it.live(7) : it.serve(7);
      if (code != 1001) {
        it.await(Live.class);
      }
      peer.close(code);
    }
    var _ = it.serve(7);
    it.await(Live.class);
  }

  /// Backs the promise that a restarted server has its clients back within five seconds.
  @Test
  void aServerThatDiedAndCameBackIsFoundByTheHealthProbe() throws Exception {
    var _ = it.live(7);
    it.server.stop();
    it.await(Reconnecting.class);

    it.server.restart();
    var _ = it.serve(8);

    it.await(Live.class);
  }

  @Test
  void closeSaysGoodbyeAndLeavesNothing() throws Exception {
    var peer = it.live(7);

    it.client.close();

    assertThat(peer.await(CLOSE).closeCode()).isEqualTo(CloseCode.NORMAL.code());
    assertThat(peer.isAtEnd()).isTrue();
    assertThat(it.client.connection()).isEqualTo(new Closed());
    SocketFixture.await(
        "no timer thread",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("portfolio-client-timer")));
  }
}
