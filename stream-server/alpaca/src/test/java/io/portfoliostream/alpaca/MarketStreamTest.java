package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.StreamState.BackingOff;
import io.portfoliostream.alpaca.StreamState.Live;
import io.portfoliostream.alpaca.StreamState.Refused;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketStreamTest {
  private static final String WELCOME = "[{\"T\":\"success\",\"msg\":\"connected\"}]";
  private static final String AUTHENTICATED = "[{\"T\":\"success\",\"msg\":\"authenticated\"}]";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ManualScheduler time = new ManualScheduler();
  private final FakeStreamServer server = new FakeStreamServer();
  private final RecordingMarketListener told = new RecordingMarketListener();
  private final MarketStream stream = stream(new AlpacaCredentials.ApiKey("PKTEST", "mango"));

  @AfterEach
  void stop() {
    stream.close();
    server.close();
    http.shutdownNow();
  }

  @Test
  void itWaitsForTheWelcomeAuthenticatesSubscribesAndDelivers() throws InterruptedException {
    subscribe("FAKEPACA", "AAPL");
    stream.start();
    var peer = server.accept();
    peer.sendText(WELCOME);
    assertThat(peer.nextText())
        .isEqualTo("{\"action\":\"auth\",\"key\":\"PKTEST\",\"secret\":\"mango\"}");
    peer.sendText(AUTHENTICATED);
    assertThat(peer.nextText())
        .isEqualTo(
            "{\"action\":\"subscribe\",\"trades\":[\"AAPL\",\"FAKEPACA\"],\"statuses\":[\"AAPL\",\"FAKEPACA\"]}");
    assertThat(stream.state()).isInstanceOf(StreamState.Listening.class);
    peer.sendText(subscription("AAPL", "FAKEPACA"));
    told.next(Live.class);
    assertThat(stream.subscribed()).containsExactlyInAnyOrder("AAPL", "FAKEPACA");

    peer.sendText(Fixtures.text("market-data.json"));

    assertThat(told.next(MarketTrade.class).symbol()).isEqualTo("FAKEPACA");
    assertThat(told.next(MarketQuote.class).askPrice()).isEqualByComparingTo("135.77");
    assertThat(told.next(MarketStatus.class).statusCode()).isEqualTo("H");
  }

  @Test
  void aTokenHasAKeyWordOfItsOwn() throws InterruptedException {
    try (var other = stream(new AlpacaCredentials.OAuthToken("vanilla"))) {
      other.start();
      var peer = server.accept();
      peer.sendText(WELCOME);

      assertThat(peer.nextText())
          .isEqualTo("{\"action\":\"auth\",\"key\":\"oauth\",\"secret\":\"vanilla\"}");
    }
  }

  @Test
  void withoutWantedSymbolsItIsLiveAtOnceAndSubscribesLater() throws InterruptedException {
    stream.start();
    var peer = authenticate();
    told.next(Live.class);

    subscribe("AAPL");

    assertThat(peer.nextText()).contains("\"subscribe\"").contains("AAPL");
  }

  @Test
  void aReconnectSubscribesAgainToWhatIsWantedNow() throws InterruptedException {
    subscribe("AAPL");
    stream.start();
    var peer = authenticate();
    assertThat(peer.nextText()).contains("AAPL");
    peer.sendText(subscription("AAPL"));
    told.next(Live.class);
    peer.cut();
    told.next(BackingOff.class);
    subscribe("MSFT");
    time.advance(Duration.ofSeconds(1));

    var second = authenticate();

    assertThat(stream.subscribed()).isEmpty();
    assertThat(second.nextText()).contains("\"subscribe\"").contains("MSFT").doesNotContain("AAPL");
    second.sendText(subscription("MSFT"));
    assertThat(told.next(Live.class).isReconnected()).isTrue();
  }

  @Test
  void onlyTheDifferenceIsSent() throws InterruptedException {
    subscribe("AAPL", "MSFT");
    stream.start();
    var peer = authenticate();
    peer.nextText();
    peer.sendText(subscription("AAPL", "MSFT"));
    told.next(Live.class);

    subscribe("MSFT", "SPY");

    assertThat(peer.nextText()).startsWith("{\"action\":\"unsubscribe\",\"trades\":[\"AAPL\"]");
    peer.sendText(subscription("MSFT"));
    assertThat(peer.nextText()).startsWith("{\"action\":\"subscribe\",\"trades\":[\"SPY\"]");
  }

  @Test
  void aFullSubscriptionIsToldAndKeepsWhatItHas() throws InterruptedException {
    subscribe("AAPL", "MSFT");
    stream.start();
    var peer = authenticate();
    peer.nextText();
    peer.sendText(error(405, "symbol limit exceeded"));
    told.next(RecordingMarketListener.Failure.class);
    assertThat(peer.nextText()).contains("[\"AAPL\"]");
    peer.sendText(subscription("AAPL"));
    assertThat(peer.nextText()).contains("[\"MSFT\"]");
    peer.sendText(error(405, "symbol limit exceeded"));

    told.next(Live.class);
    assertThat(told.next(RecordingMarketListener.Limit.class).symbols()).isEqualTo(1);
    assertThat(told.next(RecordingMarketListener.Failure.class).code()).isEqualTo(405);
    assertThat(stream.subscribed()).containsExactly("AAPL");
  }

  @Test
  void aFeedWithoutHaltsIsAskedForTradesAlone() throws InterruptedException {
    subscribe("AAPL");
    stream.start();
    var peer = authenticate();
    assertThat(peer.nextText()).contains("\"trades\"", "\"statuses\"");

    peer.sendText(error(410, "invalid subscribe action for this feed"));

    assertThat(peer.nextText()).isEqualTo("{\"action\":\"subscribe\",\"trades\":[\"AAPL\"]}");
    peer.sendText(subscription("AAPL"));
    told.next(RecordingMarketListener.Failure.class);
    told.next(Live.class);
    assertThat(stream.subscribed()).containsExactly("AAPL");
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 408, 409, 411})
  void someErrorsEndTheStreamForGood(int code) throws InterruptedException {
    stream.start();
    var peer = server.accept();
    peer.sendText(WELCOME);
    peer.nextText();
    peer.sendText(error(code, "no"));

    assertThat(told.next(Refused.class).reason()).isEqualTo(code + " no");
    assertThat(told.next(RecordingMarketListener.Failure.class))
        .isEqualTo(new RecordingMarketListener.Failure(code, "no"));
    assertThat(peer.ending()).isEqualTo(1000);
    time.advance(Duration.ofHours(1));
    assertThat(stream.state()).isInstanceOf(Refused.class);
    assertThat(time.pending()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"401, 1", "404, 1", "500, 1", "406, 5"})
  void othersLeadToAnotherTry(int code, int seconds) throws InterruptedException {
    stream.start();
    var peer = server.accept();
    peer.sendText(WELCOME);
    peer.nextText();
    peer.sendText(error(code, "later"));

    assertThat(told.next(BackingOff.class).delay()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(peer.ending()).isEqualTo(1000);
    told.next(RecordingMarketListener.Failure.class);
    time.advance(Duration.ofSeconds(seconds));
    authenticate();
    told.next(Live.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 407, 999})
  void theRestIsToldAndChangesNothing(int code) throws InterruptedException {
    stream.start();
    var peer = authenticate();
    told.next(Live.class);
    peer.sendText(error(code, "hm"));

    told.next(RecordingMarketListener.Failure.class);
    assertThat(stream.state()).isInstanceOf(Live.class);
  }

  @Test
  void binaryFramesAreReadToo() throws InterruptedException {
    stream.start();
    var peer = server.accept();
    peer.sendBinary(WELCOME);
    peer.nextText();
    peer.sendBinary(AUTHENTICATED);

    told.next(Live.class);
  }

  @Test
  void garbageIsCounted() throws InterruptedException {
    stream.start();
    var peer = authenticate();
    told.next(Live.class);
    peer.sendText("not a frame").sendText("[{\"T\":\"t\"},{\"T\":\"t\"}]");
    peer.sendText(Fixtures.text("market-data.json"));

    told.next(MarketTrade.class);
    assertThat(stream.ignoredFrames()).isEqualTo(3);
  }

  @Test
  void whatCannotBeASymbolIsNamed() {
    assertThatThrownBy(() -> stream.subscribe(Set.of("A B"))).hasMessageContaining("A B");
  }

  private FakePeer authenticate() throws InterruptedException {
    var peer = server.accept();
    peer.sendText(WELCOME);
    assertThat(peer.nextText()).contains("\"auth\"");
    peer.sendText(AUTHENTICATED);
    return peer;
  }

  private void subscribe(String... symbols) {
    stream.subscribe(Set.of(symbols));
    time.advance(Duration.ZERO);
  }

  private static String subscription(String... symbols) {
    var list = symbols.length == 0 ? "" : "\"" + String.join("\",\"", symbols) + "\"";
    return "[{\"T\":\"subscription\",\"trades\":[%s],\"quotes\":[],\"statuses\":[%s]}]"
        .formatted(list, list);
  }

  private static String error(int code, String message) {
    return "[{\"T\":\"error\",\"code\":%d,\"msg\":\"%s\"}]".formatted(code, message);
  }

  private MarketStream stream(AlpacaCredentials credentials) {
    var rest = URI.create("http://127.0.0.1:1");
    return new MarketStream(
        new AlpacaEndpoints(rest, server.uri(), rest, server.uri()),
        credentials,
        http,
        told,
        StreamPolicy.defaults(),
        new StreamRuntime(time, time, FixedRandom.MIDDLE),
        EnumSet.of(MarketChannel.TRADES, MarketChannel.STATUSES));
  }
}
