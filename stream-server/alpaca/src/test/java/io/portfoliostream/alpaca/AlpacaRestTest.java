package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void activitiesAreReadByTheirTypes() {
    server.then(200, Fixtures.text("activities.json"));

    var activities = rest.activities(List.of("JNLC", "CFEE", "SPLIT"), null, null);

    assertThat(server.onlyRequest().uri())
        .isEqualTo(
            "/v2/account/activities?activity_types=CFEE%2CJNLC%2CSPLIT&direction=asc&page_size=100");
    assertThat(activities)
        .extracting(AlpacaActivity::type)
        .containsExactly("JNLC", "CFEE", "DIV", "NOVELTY");
    var deposit = activities.get(0);
    assertThat(deposit.netAmount()).isEqualByComparingTo("100000");
    assertThat(deposit.date()).isEqualTo("2026-11-21");
    assertThat(deposit.createdAt()).isEqualTo("2026-11-21T00:44:58.928215Z");
    assertThat(deposit.status()).isEqualTo("executed");
    assertThat(deposit.symbol()).isNull();
    var fee = activities.get(1);
    assertThat(fee.qty()).isEqualByComparingTo("-0.00000044");
    assertThat(fee.symbol()).isEqualTo("BTCUSD");
    assertThat(fee.netAmount()).isEqualByComparingTo("0");
    var dividend = activities.get(2);
    assertThat(dividend.perShareAmount()).isEqualByComparingTo("0.26");
    assertThat(dividend.status()).isEqualTo("canceled");
    assertThat(activities.get(3).date()).isNull();
  }

  @Test
  void activitiesOfNoTypeAreAllThatAreNoTradesAndFollowThePageToken() {
    server.then(200, activities(0, 100)).then(200, activities(100, 1));

    var activities =
        rest.activities(Set.of(), "2026::start", Instant.parse("2026-11-20T00:00:00Z"));

    assertThat(activities).hasSize(101);
    var base =
        "/v2/account/activities?category=non_trade_activity&direction=asc&page_size=100"
            + "&after=2026-11-20T00%3A00%3A00Z&page_token=2026%3A%3A";
    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(base + "start", base + "a99");
  }

  @Test
  void fillsAreNotAskedForAsOtherActivities() {
    assertThatThrownBy(() -> rest.activities(List.of("CSD", "FILL"), null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void theHistoryMayHaveHoles() {
    server.then(200, Fixtures.text("portfolio-history.json"));

    var history = rest.portfolioHistory(AlpacaHistoryQuery.of("1D", "5Min"));

    assertThat(server.onlyRequest().uri())
        .isEqualTo("/v2/account/portfolio/history?period=1D&timeframe=5Min");
    assertThat(history.timeframe()).isEqualTo("5Min");
    assertThat(history.baseValue()).isEqualByComparingTo("103529.24");
    assertThat(history.baseValueAsOf()).isEqualTo("2026-11-20");
    assertThat(history.points()).hasSize(3);
    assertThat(history.points().getFirst())
        .isEqualTo(
            new AlpacaPortfolioHistory.Point(
                Instant.parse("2025-11-21T13:10:00Z"),
                new BigDecimal("103529.24"),
                new BigDecimal("-0.5"),
                new BigDecimal("-4.8E-6"),
                Map.of("CSD", new BigDecimal("250"))));
    assertThat(history.points().get(1))
        .isEqualTo(
            new AlpacaPortfolioHistory.Point(
                Instant.parse("2025-11-21T13:15:00Z"), null, null, null, Map.of()));
    assertThat(history.points().get(2).equity()).isEqualByComparingTo("103600");
  }

  @Test
  void everyPartOfAHistoryQueryIsSent() {
    server.then(200, "{\"timestamp\":[]}").then(200, "{}");
    var query =
        new AlpacaHistoryQuery(
            null,
            "1H",
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-11-20T00:00:00Z"),
            "extended_hours",
            "no_reset",
            List.of("CSD", "CSW"));

    assertThat(rest.portfolioHistory(query).points()).isEmpty();
    rest.portfolioHistory(new AlpacaHistoryQuery(null, null, null, null, null, null, List.of()));

    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(
            "/v2/account/portfolio/history?timeframe=1H&start=2026-11-01T00%3A00%3A00Z"
                + "&end=2026-11-20T00%3A00%3A00Z&intraday_reporting=extended_hours"
                + "&pnl_reset=no_reset&cashflow_types=CSD%2CCSW",
            "/v2/account/portfolio/history");
  }

  @Test
  void aHistoryQueryGivesItsTimeAtMostTwice() {
    var now = Instant.parse("2026-11-20T00:00:00Z");

    assertThatThrownBy(() -> new AlpacaHistoryQuery("1D", null, now, now, null, null, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'timestamp':['soon']} | portfolio history.timestamp[0] is not a time in seconds",
        "{'timestamp':[1],'equity':[true]} | portfolio history.equity[0] is not a decimal",
        "{'timestamp':[1],'equity':5} | portfolio history.equity is not an array",
        "[] | portfolio history is not an object"
      })
  void aHistoryThatCannotBeReadNamesTheValue(String body, String problem) {
    for (var attempt = 0; attempt < 4; attempt++) {
      server.then(200, body.replace('\'', '"'));
    }

    assertThatThrownBy(() -> rest.portfolioHistory(AlpacaHistoryQuery.of("1D", "5Min")))
        .hasMessageContaining(problem);
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

  private static String activities(int from, int count) {
    return array(from, count, i -> "{\"id\":\"2026::a%d\",\"activity_type\":\"CSD\"}".formatted(i));
  }

  private static String array(int from, int count, IntFunction<String> element) {
    List<String> elements = IntStream.range(from, from + count).mapToObj(element).toList();
    return "[" + String.join(",", elements) + "]";
  }
}
