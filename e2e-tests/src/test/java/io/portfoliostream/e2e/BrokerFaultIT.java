package io.portfoliostream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.e2e.stack.BrokerBook.Stand;
import io.portfoliostream.e2e.stack.FaultyStack;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.ServerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a client sees when the broker's streams let the server down.
@ExtendWith(FaultyStack.class)
class BrokerFaultIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);

  /// When a silent source is stale, and what a look once a second and the way to here add.
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Duration SLACK = Duration.ofSeconds(4);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String STALE = "data_stale";
  private static final String FRESH = "data_fresh";
  private static final String TRADING = "trading";
  private static final String MARKET_DATA = "market_data";

  private final PortfolioStack stack;

  BrokerFaultIT(PortfolioStack stack) {
    this.stack = stack;
  }

  /// REQ-10: what filled while the broker's stream was away is shown 5 s after it is back.
  @ConcurrentTest
  void aFillDuringAnOutageIsShownSoonAfterTheReconnect() throws Exception {
    var name = "load0001";
    var user = stack.signIn(name, "load");
    try (var watched = Watched.by(user)) {
      var order = Orders.accepted(user, Orders.limit(user, "buy", "2", "AAPL", "1.05"));
      watched.order(order, "new");
      var logins = stack.broker().logins(name);
      stack.broker().fault("*", "handshake-status", Map.of("status", 502, "times", 0));
      stack.broker().fault(name, "drop", Map.of());
      within("the fill at the broker").until(() -> isFilled(name, order));

      stack.broker().mend("*");
      within("the reconnect").until(() -> stack.broker().logins(name) > logins);

      assertThat(watched.order(order, "filled", SOON).path("filledQty").asText()).isEqualTo("2");
    }
  }

  /// REQ-10: a fill that the stream swallowed is shown within a minute, is counted, and makes the
  /// stream suspect until it delivers again.
  @ConcurrentTest
  void aFillThatTheStreamNeverSendsIsFoundAndCounted() throws Exception {
    var name = "load0002";
    var user = stack.signIn(name, "load");
    var missed = missed();
    try (var watched = Watched.by(user)) {
      var order = Orders.accepted(user, Orders.market("buy", "2", "KO"));
      watched.order(order, "new");
      var logins = stack.broker().logins(name);
      stack.broker().fault(name, "swallow", Map.of("times", 1));
      within("the fill at the broker").until(() -> isFilled(name, order));

      watched.order(order, "filled", PATIENCE);
      watched.feed(STALE, TRADING, SOON);

      assertThat(missed()).isGreaterThanOrEqualTo(missed + 1);
      assertThat(missedExecutions(user)).isEqualTo(1);
      within("the reconnect").until(() -> stack.broker().logins(name) > logins);
      user.sync().expect(200);
      assertThat(state(portfolio(user), TRADING)).isEqualTo("stale");
      assertThat(watched.wasTold(change -> change.is(FRESH, "source", TRADING))).isFalse();

      user.submit("buy", "1", "KO");

      watched.feed(FRESH, TRADING, PATIENCE);
    }
  }

  /// REQ-10: a stream that answers pings and tells nothing is caught by the next comparison.
  @ConcurrentTest
  void aMuteTradingStreamIsStaleOnceSomethingWasMissed() throws Exception {
    var name = "load0003";
    var user = stack.signIn(name, "load");
    try (var watched = Watched.by(user)) {
      var order = Orders.accepted(user, Orders.market("buy", "2", "KO"));
      watched.order(order, "new");
      stack.broker().fault(name, "mute", Map.of());
      within("the fill at the broker").until(() -> isFilled(name, order));
      assertThat(watched.wasTold(change -> change.is(STALE, "source", TRADING))).isFalse();

      user.sync().expect(200);

      watched.order(order, "filled", SOON);
      watched.feed(STALE, TRADING, SOON);
      stack.broker().mend(name);
      within("the stream at the broker").until(() -> hears(user, watched));
    }
  }

  /// REQ-10: a stream that does not even answer pings is stale 30 s after it was last heard, and
  /// who joins then is told so.
  @ConcurrentTest
  void aDeadTradingStreamIsStaleAfterThirtySeconds() throws Exception {
    var name = "load0004";
    var user = stack.signIn(name, "load");
    try (var watched = Watched.by(user)) {
      stack.broker().fault(name, "dead", Map.of());

      var stale = watched.feed(STALE, TRADING, SILENCE.plus(SILENCE));

      assertSilent(stale);
      try (var late = Watched.by(user)) {
        assertThat(state(late.welcome(), TRADING)).isEqualTo("stale");
        assertThat(state(late.subscribed(""), TRADING)).isEqualTo("stale");
      }
      stack.broker().mend(name);
      watched.feed(FRESH, TRADING, PATIENCE);
    }
  }

  /// REQ-10: market data that stop while the connection stays are stale within 30 s.
  @ConcurrentTest
  void aMuteMarketDataStreamIsStaleWithinThirtySeconds() throws Exception {
    var user = stack.signIn("load0005", "load");
    try (var watched = Watched.by(user)) {
      within("live prices").until(() -> state(portfolio(user), "marketData").equals("live"));
      watched.until("price", PATIENCE, change -> change.type().equals("position_update"));
      stack.broker().marketFault("mute", Map.of());

      watched.feed(STALE, MARKET_DATA, SILENCE.plus(SLACK));

      assertThat(state(portfolio(user), TRADING)).isEqualTo("live");
      stack.broker().mendMarket();
      watched.feed(FRESH, MARKET_DATA, PATIENCE);
    }
  }

  private static ConditionFactory within(String what) {
    return await(what).atMost(PATIENCE).pollInterval(POLL);
  }

  private boolean isFilled(String account, String order) {
    return stack.broker().book(account).orders(order).stream()
        .map(Stand::status)
        .anyMatch("filled"::equals);
  }

  /// Executions of all users that comparisons found.
  private double missed() {
    return stack.counter("portfolio_drift_total", "kind=\"execution\"", "cause=\"missed\"");
  }

  private static long missedExecutions(ServerSession user) {
    return user.get("/api/corrections")
        .path("corrections")
        .valueStream()
        .filter(each -> each.path("kind").asText().equals("execution"))
        .filter(each -> each.path("cause").asText().equals("missed"))
        .count();
  }

  /// How long the source was silent when it was called stale.
  private static void assertSilent(JsonNode stale) {
    var since = Instant.parse(stale.path("since").asText());
    var heard = Instant.parse(stale.path("lastEventAt").asText());
    assertThat(Duration.between(heard, since)).isBetween(SILENCE, SILENCE.plus(SLACK));
  }

  private static JsonNode portfolio(ServerSession user) {
    return user.get("/api/portfolio");
  }

  private static String state(JsonNode told, String source) {
    return told.path("feeds").path(source).path("state").asText();
  }

  /// Whether the stream delivers again: it is asked to by an order.
  private static boolean hears(ServerSession user, Watched watched) throws InterruptedException {
    user.submit("buy", "1", "KO");
    try {
      watched.feed(FRESH, TRADING, SOON);
      return true;
    } catch (AssertionError _) {
      return false;
    }
  }
}
