package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.alpaca.StreamState.Authenticating;
import io.portfoliostream.alpaca.StreamState.BackingOff;
import io.portfoliostream.alpaca.StreamState.Connecting;
import io.portfoliostream.alpaca.StreamState.Listening;
import io.portfoliostream.alpaca.StreamState.Live;
import io.portfoliostream.alpaca.StreamState.Refused;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TradingStreamTest {
  private static final String AUTHORIZED =
      "{\"stream\":\"authorization\",\"data\":{\"status\":\"authorized\",\"action\":\"authenticate\"}}";
  private static final String LISTENING =
      "{\"stream\":\"listening\",\"data\":{\"streams\":[\"trade_updates\"]}}";
  private static final String FILL = Fixtures.text("update-fill.json").strip();
  private static final String NEW = Fixtures.text("update-new.json").strip();
  private static final AlpacaCredentials KEY =
      new AlpacaCredentials.ApiKey("PKTEST", "choc\"olate");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ManualScheduler time = new ManualScheduler();
  private final FakeStreamServer server = new FakeStreamServer();
  private final RecordingTradingListener told = new RecordingTradingListener();
  private TradingStream stream = stream(KEY, StreamPolicy.defaults());

  @AfterEach
  void stop() {
    stream.close();
    server.close();
    http.shutdownNow();
  }

  @Test
  void itAuthenticatesListensAndDelivers() throws InterruptedException {
    stream.start();
    told.next(Connecting.class);
    var peer = server.accept();
    assertThat(peer.nextText())
        .isEqualTo(
            "{\"action\":\"authenticate\",\"data\":{\"key_id\":\"PKTEST\",\"secret_key\":\"choc\\\"olate\"}}");
    told.next(Authenticating.class);

    peer.sendBinary(AUTHORIZED);
    assertThat(peer.nextText())
        .isEqualTo("{\"action\":\"listen\",\"data\":{\"streams\":[\"trade_updates\"]}}");
    told.next(Listening.class);

    peer.sendBinary(LISTENING);
    assertThat(told.next(Live.class).isReconnected()).isFalse();
    peer.sendBinary(FILL);
    var update = told.next(TradeUpdate.class);
    assertThat(update.event()).isEqualTo("fill");
    assertThat(update.raw()).isEqualTo(FILL);
    assertThat(update.receivedAt()).isEqualTo(time.instant());
    assertThat(stream.lastFrameAt()).hasValue(time.instant());
  }

  @Test
  void theOtherEnvelopeAndATokenAreSentWhenAskedFor() throws InterruptedException {
    stream = stream(KEY, StreamPolicy.defaults().withAuthEnvelope(AuthEnvelope.FLAT));
    stream.start();
    assertThat(server.accept().nextText())
        .isEqualTo("{\"action\":\"auth\",\"key\":\"PKTEST\",\"secret\":\"choc\\\"olate\"}");
    stream.close();

    stream = stream(new AlpacaCredentials.OAuthToken("vanilla"), StreamPolicy.defaults());
    stream.start();
    assertThat(server.accept().nextText())
        .isEqualTo("{\"action\":\"authenticate\",\"data\":{\"oauth_token\":\"vanilla\"}}");
  }

  @Test
  void textAndBinaryFramesMayAlternateAndBeFragmentedAnywhere() throws InterruptedException {
    var peer = live();
    var umlauts = NEW.replace("pf-42-0001", "pf-äöü€𝄞-1");

    peer.sendText(FILL);
    peer.sendBinary(NEW);
    peer.sendFragmented(FakePeer.BINARY, umlauts, 1);
    peer.sendFragmented(FakePeer.TEXT, umlauts, 1);
    peer.sendFragmented(FakePeer.TEXT, FILL, 100);

    assertThat(told.next(TradeUpdate.class).raw()).isEqualTo(FILL);
    assertThat(told.next(TradeUpdate.class).raw()).isEqualTo(NEW);
    assertThat(told.next(TradeUpdate.class).order().clientOrderId()).isEqualTo("pf-äöü€𝄞-1");
    assertThat(told.next(TradeUpdate.class).raw()).isEqualTo(umlauts);
    assertThat(told.next(TradeUpdate.class).raw()).isEqualTo(FILL);
  }

  @Test
  void framesWithoutSenseAreCountedAndForgotten() throws InterruptedException {
    var peer = live();

    peer.sendFrame(true, FakePeer.BINARY, new byte[] {1});
    peer.sendBinary("[]");
    peer.sendBinary("{\"stream\":\"account_updates\",\"data\":{}}");
    peer.sendFrame(
        true, FakePeer.BINARY, "{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));
    peer.sendBinary(FILL);

    told.next(TradeUpdate.class);
    assertThat(stream.ignoredFrames()).isEqualTo(4);
    assertThat(stream.state()).isInstanceOf(Live.class);
  }

  @Test
  void anUpdateThatCannotBeReadIsToldAndTheNextOneDelivered() throws InterruptedException {
    var peer = live();
    var broken = FILL.replace("\"price\":\"737.95\",", "");

    peer.sendBinary(broken).sendBinary(FILL);

    assertThat(told.next(RecordingTradingListener.Unreadable.class))
        .isEqualTo(new RecordingTradingListener.Unreadable("data.price is missing", broken));
    told.next(TradeUpdate.class);
  }

  @Test
  void anUnknownEventIsKeptAsItCameAndCutWhenItIsHuge() throws InterruptedException {
    var peer = live();
    var unknown = NEW.replace("\"new\"", "\"teleported\"");
    var huge = unknown.replaceFirst("\\{", "{\"p\":\"%s\",".formatted("ä".repeat(40_000)));

    peer.sendBinary(unknown).sendBinary(huge);

    var kept = told.next(TradeUpdate.class);
    assertThat(kept.event()).isEqualTo("teleported");
    assertThat(kept.raw()).isEqualTo(unknown);
    var cut = told.next(TradeUpdate.class);
    assertThat(cut.order()).isEqualTo(kept.order());
    assertThat(huge).startsWith(cut.raw());
    // The prefix of six bytes puts the cut between two characters, the one of seven within one.
    assertThat(cut.raw().getBytes(StandardCharsets.UTF_8)).hasSize(64 * 1024);
    peer.sendBinary(huge.replaceFirst("\"p\"", "\"pp\""));
    assertThat(told.next(TradeUpdate.class).raw().getBytes(StandardCharsets.UTF_8))
        .hasSize(64 * 1024 - 1);
  }

  @Test
  void updatesBeforeTheConfirmationAreDeliveredInOrder() throws InterruptedException {
    stream.start();
    var peer = server.accept();
    peer.nextText();
    peer.sendBinary(AUTHORIZED).sendBinary(FILL).sendBinary(LISTENING).sendBinary(NEW);

    told.next(Connecting.class);
    told.next(Authenticating.class);
    told.next(Listening.class);
    assertThat(told.next(TradeUpdate.class).event()).isEqualTo("fill");
    told.next(Live.class);
    assertThat(told.next(TradeUpdate.class).event()).isEqualTo("new");
  }

  @Test
  void wrongCredentialsEndTheStreamForGood() throws InterruptedException {
    stream.start();
    var peer = server.accept();
    peer.nextText();
    peer.sendText(
        "{\"stream\":\"authorization\",\"data\":{\"action\":\"authenticate\",\"message\":\"access"
            + " key verification failed\",\"status\":\"unauthorized\"}}");

    told.next(Connecting.class);
    told.next(Authenticating.class);
    assertThat(told.next(Refused.class).reason()).isEqualTo("access key verification failed");
    assertThat(peer.ending()).isEqualTo(1000);
    time.advance(Duration.ofHours(1));
    assertThat(server.hasConnection()).isFalse();
    assertThat(time.pending()).isZero();
  }

  @Test
  void anAnswerWithoutTradeUpdatesIsAFailure() throws InterruptedException {
    stream.start();
    var peer = server.accept();
    peer.sendBinary(AUTHORIZED).sendBinary("{\"stream\":\"listening\",\"data\":{\"streams\":[]}}");

    told.next(Connecting.class);
    told.next(Authenticating.class);
    told.next(Listening.class);
    assertThat(told.next(BackingOff.class).cause()).contains("trade_updates");
  }

  private FakePeer live() throws InterruptedException {
    stream.start();
    var peer = server.accept();
    goLive(peer);
    return peer;
  }

  private void goLive(FakePeer peer) throws InterruptedException {
    peer.nextText();
    peer.sendBinary(AUTHORIZED).sendBinary(LISTENING);
    peer.nextText();
    told.next(Connecting.class);
    told.next(Authenticating.class);
    told.next(Listening.class);
    told.next(Live.class);
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
