package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlpacaMarketRestTest {
  private static final LocalDate WEDNESDAY = LocalDate.parse("2026-11-25");
  private static final LocalDate FRIDAY = LocalDate.parse("2026-11-27");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final FakeRestServer server = new FakeRestServer();
  private final AlpacaMarketRest rest =
      new AlpacaMarketRest(
          http,
          new AlpacaEndpoints(
              server.uri(),
              URI.create("ws://127.0.0.1:1/stream"),
              server.uri(),
              URI.create("ws://127.0.0.1:1/v2/iex")),
          new AlpacaCredentials.ApiKey("PKTEST", "chocolate"),
          RestPolicy.defaults(),
          new ManualTiming().timing());

  @AfterEach
  void stop() {
    server.close();
    http.shutdownNow();
  }

  @Test
  void theCalendarIsReadInBothFormsOfTime() {
    server.then(
        200,
        """
        [{"date":"2026-11-25","open":"09:30","close":"16:00","session_open":"0400",
          "session_close":"2000","settlement_date":"2026-11-27"},
         {"date":"2026-11-27","open":"09:30","close":"13:00"}]
        """);

    var days = rest.calendar(WEDNESDAY, FRIDAY);

    var four = LocalTime.of(4, 0);
    var halfPastNine = LocalTime.of(9, 30);
    var twenty = LocalTime.of(20, 0);
    assertThat(days)
        .containsExactly(
            new AlpacaCalendarDay(WEDNESDAY, halfPastNine, LocalTime.of(16, 0), four, twenty),
            new AlpacaCalendarDay(FRIDAY, halfPastNine, LocalTime.of(13, 0), four, twenty));
    assertThat(server.onlyRequest().uri())
        .isEqualTo("/v2/calendar?start=2026-11-25&end=2026-11-27");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nine", "9:30", "25:00", "09:61"})
  void anHourThatIsNoneIsNamed(String open) {
    var day = "[{\"date\":\"2026-11-25\",\"open\":\"%s\",\"close\":\"16:00\"}]".formatted(open);
    server.then(200, day).then(200, day).then(200, day).then(200, day);

    assertThatThrownBy(() -> rest.calendar(WEDNESDAY, FRIDAY))
        .isInstanceOf(AlpacaException.OutcomeUnknown.class)
        .hasMessageContaining("calendar[0].open is not a time");
  }

  @Test
  void stocksAndPairsAreListedTogether() {
    server
        .then(200, "[{\"id\":\"1\",\"symbol\":\"AAPL\",\"class\":\"us_equity\"}]")
        .then(200, "[{\"id\":\"2\",\"symbol\":\"BTC/USD\",\"class\":\"crypto\"}]");

    assertThat(rest.assets()).extracting(AlpacaAsset::symbol).containsExactly("AAPL", "BTC/USD");
    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(
            "/v2/assets?status=active&asset_class=us_equity",
            "/v2/assets?status=active&asset_class=crypto");
  }

  @Test
  void pairsAreAskedForWhereTheyTrade() {
    server
        .then(200, Fixtures.text("snapshots.json"))
        .then(
            200,
            "{\"snapshots\":{\"BTC/USD\":{\"latestTrade\":"
                + "{\"t\":\"2026-11-20T15:51:44Z\",\"p\":91000.5,\"s\":0.01}}}}");

    var snapshots = rest.snapshots(Set.of("AAPL", "BTC/USD"));

    assertThat(snapshots).containsOnlyKeys("AAPL", "NEWCO", "BTC/USD");
    var trade = Objects.requireNonNull(snapshots.get("BTC/USD")).latestTrade();
    assertThat(Objects.requireNonNull(trade).price()).isEqualByComparingTo("91000.5");
    assertThat(server.requests())
        .extracting(FakeRestServer.Request::uri)
        .containsExactly(
            "/v2/stocks/snapshots?symbols=AAPL&feed=iex",
            "/v1beta3/crypto/us/snapshots?symbols=BTC%2FUSD");
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
    server.then(200, Fixtures.text("assets.json")).then(200, "[]");

    var assets = rest.assets();

    assertThat(assets).extracting(AlpacaAsset::symbol).containsExactly("AAPL", "BTC/USD");
    assertThat(assets.getFirst().attributes()).contains("has_options");
    assertThat(assets.getLast().priceIncrement()).isEqualByComparingTo("0.01");
  }

  @Test
  void nothingIsAskedForNothing() {
    assertThat(rest.snapshots(List.of())).isEmpty();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void theClockIsRead() {
    server.then(200, Fixtures.text("clock.json"));

    assertThat(rest.clock().nextOpen()).isEqualTo("2026-11-23T14:30:00Z");
  }
}
