package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.alpaca.StreamState.Authenticating;
import io.portfoliostream.alpaca.StreamState.BackingOff;
import io.portfoliostream.alpaca.StreamState.Closed;
import io.portfoliostream.alpaca.StreamState.Connecting;
import io.portfoliostream.alpaca.StreamState.Listening;
import io.portfoliostream.alpaca.StreamState.Live;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the connection of a trading stream is lost, noticed and replaced.
class TradingStreamLifeTest {
  private static final String AUTHORIZED =
      "{\"stream\":\"authorization\",\"data\":{\"status\":\"authorized\",\"action\":\"authenticate\"}}";
  private static final String LISTENING =
      "{\"stream\":\"listening\",\"data\":{\"streams\":[\"trade_updates\"]}}";
  private static final String FILL = Fixtures.text("update-fill.json").strip();
  private static final AlpacaCredentials KEY =
      new AlpacaCredentials.ApiKey("PKTEST", "choc\"olate");
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final int PROBES = 3;
  private static final Duration PROBED = Duration.ofSeconds(PROBES + 1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ManualScheduler time = new ManualScheduler();
  private final FakeStreamServer server = new FakeStreamServer();
  private final RecordingTradingListener told = new RecordingTradingListener();
  private final TradingStream stream = stream(KEY, StreamPolicy.defaults());

  @AfterEach
  void stop() {
    stream.close();
    server.close();
    http.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "close", "error"})
  void aLostConnectionComesBackAndSaysSo(String how) throws InterruptedException {
    var peer = live();

    switch (how) {
      case "cut" -> peer.cut();
      case "close" -> peer.sendClose(1011);
      default ->
          peer.sendBinary(
              "{\"action\":\"error\",\"data\":{\"error_message\":\"internal server error\"}}");
    }

    assertThat(told.next(BackingOff.class).delay()).isEqualTo(Duration.ofSeconds(1));
    time.advance(Duration.ofMillis(999));
    assertThat(told.hasMore()).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(goLive().isReconnected()).isTrue();
  }

  @Test
  void onlyAConnectionThatStaysForgetsFailures() throws InterruptedException {
    live().cut();
    assertThat(told.next(BackingOff.class).attempts().failures()).isEqualTo(1);
    time.advance(Duration.ofSeconds(1));
    var peer = server.accept();
    goLive(peer);
    time.advance(Duration.ofSeconds(9));
    peer.cut();
    var second = told.next(BackingOff.class);
    assertThat(second.attempts().failures()).isEqualTo(2);
    assertThat(second.delay()).isEqualTo(Duration.ofSeconds(2));

    time.advance(second.delay());
    var stable = server.accept();
    goLive(stable);
    time.advance(TEN_SECONDS);
    stable.cut();
    assertThat(told.next(BackingOff.class).delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void tooManyConnectionsIsAnsweredWithALongerPause() throws InterruptedException {
    server.refuseNext("429 Too Many Requests");
    server.refuseNext("429 Too Many Requests", "Retry-After: 45");
    server.refuseNext("502 Bad Gateway");
    stream.start();

    told.next(Connecting.class);
    assertThat(told.next(BackingOff.class).delay()).isEqualTo(Duration.ofSeconds(5));
    time.advance(Duration.ofSeconds(5));
    told.next(Connecting.class);
    assertThat(told.next(BackingOff.class).delay()).isEqualTo(Duration.ofSeconds(45));
    time.advance(Duration.ofSeconds(45));
    told.next(Connecting.class);
    var third = told.next(BackingOff.class);
    assertThat(third.delay()).isEqualTo(Duration.ofSeconds(4));
    assertThat(third.cause()).contains("502");
    time.advance(third.delay());
    goLive();
  }

  @Test
  void aServerThatIsNotThereIsTriedAgain() throws InterruptedException {
    server.close();
    stream.start();

    told.next(Connecting.class);
    assertThat(told.next(BackingOff.class).cause()).contains("cannot connect");
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws InterruptedException {
    stream.start();
    var peer = server.accept();
    peer.nextText();
    told.next(Connecting.class);
    told.next(Authenticating.class);

    time.advance(Duration.ofSeconds(15));

    assertThat(told.next(BackingOff.class).cause()).contains("PT15S");
    assertThat(peer.ending()).isEqualTo(1000);
  }

  @Test
  void aHandshakeThatIsAnsweredTooLateLeavesNoConnection() throws InterruptedException {
    var late = server.delayNext();
    stream.start();
    told.next(Connecting.class);
    server.awaitDelayed();
    time.advance(Duration.ofSeconds(15));
    var backingOff = told.next(BackingOff.class);

    late.countDown();

    assertThat(server.accept().ending()).isIn(1000, -1);
    time.advance(backingOff.delay());
    goLive();
  }

  @Test
  void pingsGoOutEveryTenSecondsAndPongsKeepTheConnection() throws InterruptedException {
    var peer = live();
    var pings = probed(peer);

    time.advance(TEN_SECONDS.minus(PROBED));
    for (var ping = 1; ping <= 6; ping++) {
      assertThat(peer.nextPing()).isEqualTo(pings + ping);
      awaitPongAt(time.instant());
      time.advance(TEN_SECONDS);
    }

    assertThat(stream.state()).isInstanceOf(Live.class);
    assertThat(told.hasMore()).isFalse();
  }

  @Test
  void twoMissedPongsAreDeath() throws InterruptedException {
    var peer = live();
    var pings = probed(peer);
    peer.ignorePings();

    time.advance(TEN_SECONDS.minus(PROBED));
    assertThat(peer.nextPing()).isEqualTo(pings + 1);
    time.advance(TEN_SECONDS);
    assertThat(peer.nextPing()).isEqualTo(pings + 2);
    assertThat(told.hasMore()).isFalse();
    time.advance(TEN_SECONDS);

    assertThat(told.next(BackingOff.class).cause()).contains("pings without an answer");
  }

  @Test
  void aStreamThatDeliversIsNotProbed() throws InterruptedException {
    var peer = live();
    probed(peer);

    for (var message = 1; message <= 5; message++) {
      peer.sendBinary(FILL);
      told.next(TradeUpdate.class);
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(peer.isSoonPinged()).isFalse();
  }

  /// The JDK's WebSocket loses a FIN that comes while the listener is being called.
  @Test
  void anEndThatComesDuringACallIsFoundOut() throws InterruptedException {
    var peer = live();
    var returning = new CountDownLatch(1);
    try (var rest = new FakeRestServer()) {
      rest.then(200, "");
      told.beforeReturning(() -> {
        peer.hangUp();
        // When this answer is here, the selector has seen the end of the other connection too.
        assertThat(roundTrip(rest.uri())).isEqualTo(200);
        returning.countDown();
      });
      peer.sendBinary(FILL);
      told.next(TradeUpdate.class);
      assertThat(returning.await(10, TimeUnit.SECONDS)).isTrue();
      var seconds = 0;
      while (!told.isSoonTold()) {
        time.advance(Duration.ofSeconds(1));
        assertThat(++seconds).isLessThan(10);
      }
    }

    told.next(BackingOff.class);
  }

  @Test
  void aMessageOverTheBoundEndsTheConnection() throws InterruptedException {
    var peer = live();
    var large = "x".repeat(1024 * 1024);

    peer.sendFrame(false, FakePeer.TEXT, "\"".getBytes(StandardCharsets.UTF_8));
    for (var i = 0; i < 4; i++) {
      peer.sendFrame(false, FakePeer.CONTINUATION, large.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(told.next(BackingOff.class).cause()).contains("more than 4194304 bytes");
  }

  @Test
  void closingSendsACloseFrameAndLeavesNothingBehind() throws InterruptedException {
    var peer = live();

    stream.close();

    told.next(Closed.class);
    assertThat(peer.ending()).isEqualTo(1000);
    time.advance(Duration.ofHours(1));
    assertThat(server.hasConnection()).isFalse();
    assertThat(time.pending()).isZero();
    assertThat(told.hasMore()).isFalse();
  }

  @Test
  void closingWhileBackingOffEndsTheRetries() throws InterruptedException {
    live().cut();
    told.next(BackingOff.class);

    stream.close();

    told.next(Closed.class);
    time.advance(Duration.ofHours(1));
    assertThat(told.hasMore()).isFalse();
    assertThat(time.pending()).isZero();
  }

  @Test
  void aMuteStreamCanBeReplacedByHand() throws InterruptedException {
    var peer = live();

    stream.reconnect("mute while fills were booked by reconciliation");
    time.advance(Duration.ZERO);

    assertThat(told.next(BackingOff.class).cause()).startsWith("mute");
    assertThat(peer.ending()).isEqualTo(1000);
    time.advance(Duration.ofSeconds(1));
    goLive();
  }

  /// Lets the probes pass that follow the last message; tells how many there were.
  private int probed(FakePeer peer) throws InterruptedException {
    var others = time.pending() - 1;
    time.advance(Duration.ofSeconds(1));
    for (var probe = 1; probe <= PROBES; probe++) {
      awaitPending(others + 1);
      time.advance(Duration.ofSeconds(1));
      assertThat(peer.nextPing()).isEqualTo(probe);
      awaitPongAt(time.instant());
    }
    awaitPending(others);
    return PROBES;
  }

  private FakePeer live() throws InterruptedException {
    stream.start();
    var peer = server.accept();
    goLive(peer);
    return peer;
  }

  private Live goLive() throws InterruptedException {
    return goLive(server.accept());
  }

  private Live goLive(FakePeer peer) throws InterruptedException {
    peer.nextText();
    peer.sendBinary(AUTHORIZED).sendBinary(LISTENING);
    peer.nextText();
    told.next(Connecting.class);
    told.next(Authenticating.class);
    told.next(Listening.class);
    return told.next(Live.class);
  }

  /// A pong is seen by nobody but the staleness: wait until it was counted.
  private void awaitPongAt(Instant instant) {
    awaitTrue(() -> stream.lastFrameAt().equals(Optional.of(instant)));
  }

  private static void awaitTrue(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /// What is due is done on the connection's own thread: wait until it armed its next timer.
  private void awaitPending(int tasks) {
    awaitTrue(() -> time.pending() == tasks);
  }

  private int roundTrip(URI uri) {
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private TradingStream stream(AlpacaCredentials credentials, StreamPolicy policy) {
    var rest = URI.create("http://127.0.0.1:1");
    return new TradingStream(
        new AlpacaEndpoints(rest, server.uri(), rest, server.uri()),
        credentials,
        http,
        told,
        policy,
        new StreamRuntime(time, time, FixedRandom.MIDDLE));
  }
}
