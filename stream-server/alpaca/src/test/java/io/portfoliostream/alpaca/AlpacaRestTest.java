package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaOrderRequest.Exits;
import io.portfoliostream.alpaca.AlpacaOrderRequest.Prices;
import io.portfoliostream.alpaca.AlpacaOrderRequest.StopLoss;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlpacaRestTest {
  private static final String ORDER =
      "{\"id\":\"%s\",\"client_order_id\":\"c-%s\",\"symbol\":\"SPY\",\"status\":\"new\"}";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final FakeRestServer server = new FakeRestServer();
  private final AlpacaRest rest = client(new AlpacaCredentials.ApiKey("PKTEST", "chocolate"));

  @AfterEach
  void stop() {
    server.close();
    http.shutdownNow();
  }

  @Test
  void theAccountIsRead() {
    server.then(200, Fixtures.text("account.json"));

    var account = rest.account();

    assertThat(account.status()).isEqualTo("ACTIVE");
    assertThat(account.cash()).isEqualByComparingTo("22000.5");
    assertThat(account.equity()).isEqualByComparingTo("103820.56");
    assertThat(account.lastEquity()).isEqualByComparingTo("103529.24");
    assertThat(account.buyingPower()).isEqualByComparingTo("262113.632");
    assertThat(account.multiplier()).isEqualByComparingTo("4");
    assertThat(account.shortingEnabled()).isTrue();
    assertThat(account.balanceAsOf()).isEqualTo("2026-11-19");
    var request = server.onlyRequest();
    assertThat(request.uri()).isEqualTo("/v2/account");
    assertThat(request.header("Apca-api-key-id")).isEqualTo("PKTEST");
    assertThat(request.header("Apca-api-secret-key")).isEqualTo("chocolate");
    assertThat(request.header("Upgrade")).isNull();
  }

  @Test
  void aTokenIsSentAsBearer() {
    server.then(200, Fixtures.text("clock.json"));

    var clock = client(new AlpacaCredentials.OAuthToken("vanilla")).clock();

    assertThat(clock.isOpen()).isTrue();
    assertThat(clock.timestamp()).isEqualTo("2026-11-20T15:42:48.601374373Z");
    assertThat(clock.nextOpen()).isEqualTo("2026-11-23T14:30:00Z");
    assertThat(server.onlyRequest().header("Authorization")).isEqualTo("Bearer vanilla");
    assertThat(server.onlyRequest().header("Apca-api-key-id")).isNull();
  }

  @Test
  void positionsAreReadLongShortAndFractional() {
    server.then(200, Fixtures.text("positions.json"));

    var positions = rest.positions();

    assertThat(positions)
        .extracting(AlpacaPosition::symbol)
        .containsExactly("SPY", "AAPL", "BTCUSD");
    assertThat(positions.get(0).unrealizedIntradayPl()).isEqualByComparingTo("0.08");
    assertThat(positions.get(1).qty()).isEqualByComparingTo("-3");
    assertThat(positions.get(1).currentPrice()).isNull();
    assertThat(positions.get(2).qty()).isEqualByComparingTo("0.000175382");
  }

  @Test
  void aPositionThatIsNotThereIsEmpty() {
    server.then(404, "{\"code\":40410000,\"message\":\"position does not exist\"}");

    assertThat(rest.position("BTC/USD")).isEmpty();
    assertThat(server.onlyRequest().uri()).isEqualTo("/v2/positions/BTC%2FUSD");
  }

  @Test
  void anOrderIsSubmittedWithPlainDecimals() {
    server.then(200, ORDER.formatted("o1", "o1"));
    var request =
        new AlpacaOrderRequest(
            "SPY",
            new BigDecimal("1E+1"),
            null,
            "buy",
            "limit",
            "gtc",
            Prices.limit(new BigDecimal("737.50")),
            true,
            null,
            "pf-42-0001");

    assertThat(rest.submit(request).id()).isEqualTo("o1");

    var sent = server.onlyRequest();
    assertThat(sent.method()).isEqualTo("POST");
    assertThat(sent.uri()).isEqualTo("/v2/orders");
    assertThat(sent.header("Content-type")).isEqualTo("application/json");
    assertThat(sent.body())
        .isEqualTo(
            "{\"symbol\":\"SPY\",\"qty\":\"10\",\"side\":\"buy\",\"type\":\"limit\","
                + "\"time_in_force\":\"gtc\",\"limit_price\":\"737.50\",\"extended_hours\":true,"
                + "\"client_order_id\":\"pf-42-0001\"}");
  }

  @Test
  void aBracketCarriesBothExits() {
    server.then(200, ORDER.formatted("o1", "o1"));
    var stopLoss = new StopLoss(new BigDecimal("700"), new BigDecimal("699.5"));
    var request =
        AlpacaOrderRequest.market("SPY", BigDecimal.TEN, "buy", "pf-1")
            .withExits(new Exits("bracket", new BigDecimal("7.8E+2"), stopLoss));

    rest.submit(request);

    assertThat(server.onlyRequest().body())
        .isEqualTo(
            "{\"symbol\":\"SPY\",\"qty\":\"10\",\"side\":\"buy\",\"type\":\"market\","
                + "\"time_in_force\":\"day\",\"order_class\":\"bracket\","
                + "\"take_profit\":{\"limit_price\":\"780\"},"
                + "\"stop_loss\":{\"stop_price\":\"700\",\"limit_price\":\"699.5\"},"
                + "\"client_order_id\":\"pf-1\"}");
  }

  @Test
  void anOtoCarriesTheOneExitItHas() {
    server.then(200, ORDER.formatted("o1", "o1"));
    var exits = new Exits("oto", null, new StopLoss(new BigDecimal("700"), null));

    rest.submit(AlpacaOrderRequest.market("SPY", BigDecimal.TEN, "buy", "pf-1").withExits(exits));

    assertThat(server.onlyRequest().body())
        .contains("\"order_class\":\"oto\",\"stop_loss\":{\"stop_price\":\"700\"},")
        .doesNotContain("take_profit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bracket", "oco", "oto", "mleg", ""})
  void aClassWithoutItsExitsIsRefusedBeforeItIsSent(String orderClass) {
    assertThatThrownBy(() -> new Exits(orderClass, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(orderClass);
  }

  @Test
  void anOtoHasNotBothExits() {
    var stopLoss = new StopLoss(BigDecimal.ONE, null);

    assertThatThrownBy(() -> new Exits("oto", BigDecimal.TEN, stopLoss))
        .hasMessage("oto needs exactly one of take profit and stop loss");
  }

  @Test
  void aReplacementNamesOnlyWhatChanges() {
    server.then(200, Fixtures.text("order-replacing.json"));
    var request =
        new AlpacaReplaceRequest(
            new BigDecimal("1E+1"), "gtc", new BigDecimal("737.50"), null, null, "pf-2");

    var replacing = rest.replace("o/1", request);

    var sent = server.onlyRequest();
    assertThat(sent.method()).isEqualTo("PATCH");
    assertThat(sent.uri()).isEqualTo("/v2/orders/o%2F1");
    assertThat(sent.header("Content-type")).isEqualTo("application/json");
    assertThat(sent.body())
        .isEqualTo(
            "{\"qty\":\"10\",\"time_in_force\":\"gtc\",\"limit_price\":\"737.50\","
                + "\"client_order_id\":\"pf-2\"}");
    assertThat(replacing.id()).isEqualTo("7d1d6e6a-3a0f-4a53-93ea-8c3b1d6f2b11");
    assertThat(replacing.replaces()).isEqualTo("8f0d2c1b-9a7e-4d5c-8b6f-1a2b3c4d5e6f");
    assertThat(replacing.assetId()).isEqualTo("b28f4066-5c6d-479b-a2af-85dc1a8f16fb");
    assertThat(replacing.hwm()).isEqualByComparingTo("741.2");
    assertThat(replacing.trailPrice()).isEqualByComparingTo("3.5");
    assertThat(replacing.legs()).extracting(AlpacaOrder::status).containsExactly("held");
  }

  @Test
  void aReplacementOfATrailingStopSendsTheTrail() {
    server.then(200, ORDER.formatted("o2", "o2"));

    rest.replace(
        "o1",
        new AlpacaReplaceRequest(
            null, null, null, new BigDecimal("7E2"), new BigDecimal("3.50"), null));

    assertThat(server.onlyRequest().body())
        .isEqualTo("{\"stop_price\":\"700\",\"trail\":\"3.50\"}");
  }

  @Test
  void aReplacementThatChangesNothingIsRefusedBeforeItIsSent() {
    assertThatThrownBy(() -> new AlpacaReplaceRequest(null, null, null, null, null, "pf-2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("qty, timeInForce, limitPrice, stopPrice and trail");
  }

  @Test
  void anOrderIsFoundByEitherId() {
    server.then(200, ORDER.formatted("o1", "o1")).then(200, ORDER.formatted("o1", "o1"));

    assertThat(rest.order("o1")).isPresent();
    assertThat(rest.orderByClientId("c o+1")).isPresent();

    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(
            "/v2/orders/o1?nested=true", "/v2/orders:by_client_order_id?client_order_id=c%20o%2B1");
  }

  @Test
  void aFullPageOfOpenOrdersIsFollowedByTheNext() {
    server.then(200, orders(0, 500)).then(200, orders(500, 3));

    assertThat(rest.openOrders()).hasSize(503);

    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(
            "/v2/orders?status=open&nested=true&direction=asc&limit=500",
            "/v2/orders?status=open&nested=true&direction=asc&limit=500&after_order_id=o499");
  }

  @Test
  void laterPagesOfAPeriodFollowTheOrderAndNotTheTime() {
    server.then(200, orders(0, 500)).then(200, orders(499, 2));

    assertThat(rest.ordersAfter(Instant.parse("2026-11-20T15:00:00.5Z"))).hasSize(501);

    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(
            "/v2/orders?status=all&direction=asc&limit=500&after=2026-11-20T15%3A00%3A00.500Z",
            "/v2/orders?status=all&direction=asc&limit=500&after_order_id=o499");
  }

  @Test
  void fillsFollowThePageToken() {
    server.then(200, fills(0, 100)).then(200, fills(100, 1));

    var fills = rest.fills("20261120::start", Instant.parse("2026-11-20T00:00:00Z"));

    assertThat(fills).hasSize(101).first().extracting(AlpacaFill::id).isEqualTo("2026::f0");
    var base =
        "/v2/account/activities/FILL?direction=asc&page_size=100&after=2026-11-20T00%3A00%3A00Z";
    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(
            base + "&page_token=20261120%3A%3Astart", base + "&page_token=2026%3A%3Af99");
  }

  @Test
  void aFillIsReadWithItsLikelyExecutionId() {
    server.then(200, Fixtures.text("fills.json"));

    var fill = rest.fills(null, null).getFirst();

    assertThat(fill.likelyExecutionId()).hasValue("5b1c2d9e-0f42-4f8e-a1c5-3f0c7f6e2a10");
    assertThat(fill.cumQty()).isEqualByComparingTo("10");
    assertThat(fill.price()).isEqualByComparingTo("737.95");
    assertThat(fill.transactionTime()).isEqualTo("2026-11-20T15:02:10.129256Z");
  }

  @Test
  void snapshotsAreAskedForInPartsOfTheFeed() {
    server.then(200, Fixtures.text("snapshots.json")).then(200, "{}");
    var symbols = IntStream.range(0, 101).mapToObj("S%03d"::formatted).collect(Collectors.toSet());

    var snapshots = rest.snapshots(symbols);

    assertThat(snapshots).containsOnlyKeys("AAPL", "NEWCO");
    var apple = snapshots.getOrDefault("AAPL", new AlpacaSnapshot("", null, null, null, null));
    assertThat(apple.latestTrade())
        .isEqualTo(
            new MarketTrade(
                "AAPL",
                new BigDecimal("190.55"),
                new BigDecimal("100"),
                Instant.parse("2026-11-20T15:51:44.208123456Z")));
    assertThat(apple.previousClose()).isEqualByComparingTo("189.25");
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).uri())
        .isEqualTo("/v2/stocks/snapshots?symbols=S100&feed=iex");
  }

  @Test
  void assetsAreRead() {
    server.then(200, Fixtures.text("assets.json"));

    var assets = rest.assets();

    assertThat(assets).extracting(AlpacaAsset::symbol).containsExactly("AAPL", "BTC/USD");
    assertThat(assets.getFirst().attributes()).contains("has_options");
    assertThat(assets.getLast().priceIncrement()).isEqualByComparingTo("0.01");
  }

  @Test
  void aCancelNeedsNoBody() {
    server.then(204, "");

    rest.cancel("o1");

    assertThat(server.onlyRequest().method()).isEqualTo("DELETE");
    assertThat(server.onlyRequest().uri()).isEqualTo("/v2/orders/o1");
  }

  private AlpacaRest client(AlpacaCredentials credentials) {
    return new AlpacaRest(
        http,
        new AlpacaEndpoints(
            server.uri(),
            URI.create("ws://127.0.0.1:1/stream"),
            server.uri(),
            URI.create("ws://127.0.0.1:1/v2/iex")),
        credentials,
        RestPolicy.defaults(),
        new ManualTiming().timing());
  }

  private static String orders(int from, int count) {
    return array(from, count, i -> ORDER.formatted("o" + i, "o" + i));
  }

  private static String fills(int from, int count) {
    return array(
        from,
        count,
        i ->
            "{\"id\":\"2026::f%d\",\"order_id\":\"o\",\"symbol\":\"SPY\",\"side\":\"buy\",\"qty\":\"1\",\"price\":\"1\",\"transaction_time\":\"2026-11-20T15:02:10Z\"}"
                .formatted(i));
  }

  private static String array(int from, int count, IntFunction<String> element) {
    List<String> elements = IntStream.range(from, from + count).mapToObj(element).toList();
    return "[" + String.join(",", elements) + "]";
  }
}
