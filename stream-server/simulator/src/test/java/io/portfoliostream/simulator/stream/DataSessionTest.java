package io.portfoliostream.simulator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.json.Encoding;
import io.portfoliostream.simulator.testkit.ManualTimer;
import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.RecordingPeer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSessionTest {
  private static final String AUTH =
      "{\"action\":\"auth\",\"key\":\"PKalice\",\"secret\":\"secret-alice\"}";
  private static final String CONNECTED = "[{\"T\":\"success\",\"msg\":\"connected\"}]";
  private static final String AUTHENTICATED = "[{\"T\":\"success\",\"msg\":\"authenticated\"}]";

  private final Market market = Market.quiet();
  private final ManualTimer timer = new ManualTimer();
  private final RecordingPeer peer = new RecordingPeer();
  private final DataFeed feed =
      new DataFeed(
          "iex",
          new KeyRing(market.exchange().books().stream().map(book -> book.profile()).toList()),
          StreamRules.of(1),
          market.faults(),
          timer,
          symbol -> !symbol.equals("FAKEPACA"));
  private final Session session = opened(peer, Optional.empty());

  @Test
  void theWelcomeComesFirstAndAuthenticationSecond() {
    session.received(AUTH);
    assertThat(peer.take()).containsExactly(CONNECTED, AUTHENTICATED);
  }

  @Test
  void theHeadersOfTheHandshakeAuthenticateToo() {
    var other = new RecordingPeer();
    opened(other, Optional.of(market.alice().profile()));
    assertThat(other.take()).containsExactly(CONNECTED, AUTHENTICATED);
  }

  @Test
  void wrongKeysAreTheEnd() {
    peer.take();
    session.received("{\"action\":\"auth\",\"key\":\"PKalice\",\"secret\":\"wrong\"}");
    assertThat(peer.take())
        .containsExactly("[{\"T\":\"error\",\"code\":402,\"msg\":\"auth failed\"}]");
    assertThat(peer.ends()).hasSize(1);
  }

  @Test
  void subscribingNeedsAuthentication() {
    peer.take();
    session.received("{\"action\":\"subscribe\",\"trades\":[\"AAPL\"]}");
    assertThat(peer.take())
        .containsExactly("[{\"T\":\"error\",\"code\":401,\"msg\":\"not authenticated\"}]");
  }

  @Test
  void authenticatingTwiceIsToldAndHarmless() {
    session.received(AUTH);
    peer.take();
    session.received(AUTH);
    assertThat(peer.take())
        .containsExactly("[{\"T\":\"error\",\"code\":403,\"msg\":\"already authenticated\"}]");
    assertThat(peer.ends()).isEmpty();
  }

  @Test
  void subscriptionsAreDifferencesAndAnsweredInFull() {
    session.received(AUTH);
    session.received("{\"action\":\"subscribe\",\"trades\":[\"AAPL\"],\"quotes\":[\"KO\"]}");
    session.received("{\"action\":\"subscribe\",\"trades\":[\"MSFT\"],\"bars\":[]}");
    peer.take();
    session.received("{\"action\":\"unsubscribe\",\"trades\":[\"AAPL\"]}");
    assertThat(peer.take())
        .containsExactly(
            "[{\"T\":\"subscription\",\"trades\":[\"MSFT\"],\"quotes\":[\"KO\"],\"bars\":[],"
                + "\"updatedBars\":[],\"dailyBars\":[],\"statuses\":[],\"lulds\":[],"
                + "\"corrections\":[\"MSFT\"],\"cancelErrors\":[\"MSFT\"]}]");
  }

  @Test
  void onlyWantedPointsAreSentTogetherInOneMessage() {
    session.received(AUTH);
    session.received("{\"action\":\"subscribe\",\"trades\":[\"AAPL\",\"KO\"],\"quotes\":[\"KO\"]}");
    peer.take();
    market.price("AAPL", "201.50");
    market.price("KO", "64.00");
    market.price("F", "11.00");
    hear();
    var messages = peer.take();
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst())
        .startsWith("[{\"T\":\"t\",\"S\":\"AAPL\",")
        .contains("\"p\":201.50,", "{\"T\":\"t\",\"S\":\"KO\",", "{\"T\":\"q\",\"S\":\"KO\",\"bx\"")
        .contains("\"bp\":63.99,", "\"ap\":64.01,")
        .doesNotContain("\"S\":\"F\"", "{\"T\":\"q\",\"S\":\"AAPL\"");
  }

  @Test
  void aStarIsEverySymbolOfTheFeed() {
    session.received(AUTH);
    session.received("{\"action\":\"subscribe\",\"trades\":[\"*\"]}");
    peer.take();
    market.price("F", "11.00");
    market.price("FAKEPACA", "130.00");
    hear();
    assertThat(peer.take().getFirst()).contains("\"S\":\"F\"").doesNotContain("FAKEPACA");
  }

  @Test
  void minuteBarsComeAfterTheirMinute() {
    session.received(AUTH);
    session.received("{\"action\":\"subscribe\",\"bars\":[\"AAPL\"]}");
    peer.take();
    market.price("AAPL", "201.50");
    market.pass(Duration.ofMinutes(1));
    hear();
    assertThat(peer.take().getFirst())
        .startsWith("[{\"T\":\"b\",\"S\":\"AAPL\",\"o\":201.50,")
        .contains("\"t\":\"2026-11-20T15:00:00Z\"");
  }

  @Test
  void haltsAndResumptionsAreStatuses() {
    session.received(AUTH);
    session.received("{\"action\":\"subscribe\",\"statuses\":[\"AAPL\"]}");
    peer.take();
    market.exchange().halt("AAPL", "T1");
    market.exchange().halt("KO", "M");
    hear();
    assertThat(peer.take())
        .containsExactly(
            "[{\"T\":\"s\",\"S\":\"AAPL\",\"sc\":\"H\",\"sm\":\"Trading Halt\",\"rc\":\"T1\","
                + "\"rm\":\"Halt - News Pending\",\"t\":\"2026-11-20T15:00:00Z\",\"z\":\"C\"}]");
    market.exchange().resume("AAPL");
    hear();
    assertThat(peer.take().getFirst()).contains("\"sc\":\"T\",\"sm\":\"Trading Resumption\"");
  }

  @Test
  void badSyntaxIsToldAndChangesNothing() {
    session.received(AUTH);
    peer.take();
    session.received("{\"action\":\"subscribe\",\"trades\":[\"aapl\"]}");
    session.received("{\"action\":\"subscribe\",\"trades\":[5]}");
    session.received("{\"action\":\"dance\"}");
    session.received("nonsense");
    assertThat(peer.take())
        .hasSize(4)
        .containsOnly("[{\"T\":\"error\",\"code\":400,\"msg\":\"invalid syntax\"}]");
  }

  @Test
  void whoDoesNotAuthenticateInTimeIsToldAndClosed() {
    peer.take();
    timer.advance(Duration.ofSeconds(10));
    assertThat(peer.take())
        .containsExactly("[{\"T\":\"error\",\"code\":404,\"msg\":\"auth timeout\"}]");
    assertThat(peer.ends()).containsExactly("1008 auth timeout");
  }

  @Test
  void aSecondConnectionIsToldOfTheLimitAndMayTryAgainOnTheSameSocket() {
    session.received(AUTH);
    var second = new RecordingPeer();
    var next = opened(second, Optional.empty());
    next.received(AUTH);
    timer.advance(Duration.ofSeconds(2));
    assertThat(second.take())
        .containsExactly(
            CONNECTED, "[{\"T\":\"error\",\"code\":406,\"msg\":\"connection limit exceeded\"}]");
    session.gone();
    next.received(AUTH);
    assertThat(second.take()).containsExactly(AUTHENTICATED);
    assertThat(second.ends()).isEmpty();
  }

  private Session opened(RecordingPeer recording, Optional<AccountProfile> byHeaders) {
    var opened = feed.connect(recording, byHeaders, Encoding.JSON);
    opened.opened();
    return opened;
  }

  private void hear() {
    feed.hear(market.exchange().drain().points());
  }
}
