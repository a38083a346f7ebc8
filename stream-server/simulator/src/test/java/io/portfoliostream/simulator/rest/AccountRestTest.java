package io.portfoliostream.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The account's configurations, activities and history, the clocks and the assets.
class AccountRestTest extends RestTest {
  private static final String ACTIVITIES = "/v2/account/activities";
  private static final String HISTORY = "/v2/account/portfolio/history";

  @Test
  void theOwnerChoosesTheMultiplierAndWhatIsAllowed() {
    var answer =
        call(
            "PATCH",
            "/v2/account/configurations",
            "{\"max_margin_multiplier\":\"4\",\"no_shorting\":true,\"suspend_trade\":true}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(get("/v2/account/configurations")).isEqualTo(body(answer));
    assertThat(get("/v2/account").path("multiplier").asText()).isEqualTo("4");
    assertThat(get("/v2/account").path("shorting_enabled").asBoolean()).isFalse();
    assertThat(get("/v2/account").path("trade_suspended_by_user").asBoolean()).isTrue();
    assertThat(call("POST", "/v2/orders", BUY).status()).isEqualTo(403);
    assertThat(
            call("PATCH", "/v2/account/configurations", "{\"max_margin_multiplier\":\"3\"}")
                .status())
        .isEqualTo(422);
    assertThat(market.restarted().exchange().state().accounts())
        .isEqualTo(market.exchange().state().accounts());
  }

  @Test
  void activitiesTellMoneyBesideTrades() {
    transfer("250.50");
    market.exchange().backOffice().post("alice", "FEE", new BigDecimal("-1.25"), "regulatory fee");
    post(BUY);
    market.passFill();
    assertThat(types(get(ACTIVITIES))).containsExactly("FILL", "FEE", "CSD", "JNLC");
    assertThat(types(get(ACTIVITIES + "?direction=asc"))).startsWith("JNLC", "CSD");
    assertThat(types(get(ACTIVITIES + "?activity_types=FEE,CSD"))).containsExactly("FEE", "CSD");
    assertThat(types(get(ACTIVITIES + "?category=trade_activity"))).containsExactly("FILL");
    assertThat(types(get(ACTIVITIES + "?category=non_trade_activity"))).doesNotContain("FILL");
    var deposit = get(ACTIVITIES + "/CSD").get(0);
    assertThat(deposit.path("net_amount").asText()).isEqualTo("250.5");
    assertThat(deposit.path("status").asText()).isEqualTo("executed");
    assertThat(deposit.path("date").asText()).isEqualTo("2026-11-20");
    assertThat(deposit.path("id").asText()).startsWith("20261120100");
  }

  @Test
  void aPageBeginsAfterTheActivityItsTokenNames() {
    for (int number = 1; number <= 5; number++) {
      transfer(Integer.toString(number));
      market.pass(Duration.ofSeconds(1));
    }
    var first = get(ACTIVITIES + "?activity_types=CSD&direction=asc&page_size=2");
    var token = first.get(1).path("id").asText();
    var second = get(ACTIVITIES + "?activity_types=CSD&direction=asc&page_token=" + token);
    assertThat(amounts(first)).containsExactly("1", "2");
    assertThat(amounts(second)).containsExactly("3", "4", "5");
    var down = get(ACTIVITIES + "?activity_types=CSD&page_token=" + token);
    assertThat(amounts(down)).containsExactly("1");
  }

  @Test
  void activitiesAreBoundedByTheTimeOfTheirCreation() {
    transfer("1");
    market.pass(Duration.ofSeconds(10));
    transfer("2");
    assertThat(amounts(get(ACTIVITIES + "/CSD?after=2026-11-20T15:00:05Z"))).containsExactly("2");
    assertThat(amounts(get(ACTIVITIES + "/CSD?until=2026-11-20T15:00:05Z"))).containsExactly("1");
    assertThat(get(ACTIVITIES + "/CSD?date=2026-11-20")).hasSize(2);
    assertThat(get(ACTIVITIES + "/CSD?date=2026-11-19")).isEmpty();
  }

  @Test
  void activitiesOfOneOrderAreFoundByIt() {
    var order = post(BUY).path("id").asText();
    post(BUY);
    market.passFill();
    assertThat(get(ACTIVITIES + "/FILL?order_id=" + order))
        .singleElement()
        .satisfies(fill -> assertThat(fill.path("order_id").asText()).isEqualTo(order));
  }

  @Test
  void aBustedFillIsNoActivityAndACorrectedOneIsTheCorrection() {
    post(BUY);
    market.passFill();
    var execution = market.alice().executions().sequencedKeySet().getLast();
    var office = market.exchange().backOffice();
    var right = office.correct(execution, new BigDecimal("4"), new BigDecimal("199"));
    assertThat(get(ACTIVITIES + "/FILL"))
        .singleElement()
        .satisfies(fill -> assertThat(fill.path("qty").asText()).isEqualTo("4"));
    office.bust(right.id());
    assertThat(get(ACTIVITIES + "/FILL")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "category=odd",
        "category=trade_activity&activity_types=FILL",
        "page_size=101",
        "page_token=nonsense",
        "date=2026-11-20&after=2026-11-20",
        "after=x"
      })
  void aBadActivityQueryIsRefused(String query) {
    assertThat(call("GET", ACTIVITIES + "?" + query, "").status()).isEqualTo(422);
  }

  @Test
  void theHistoryTellsEquityAndProfitSinceTheLastClose() {
    market.pass(Duration.ofMinutes(5));
    market.price("KO", "65.00");
    market.pass(Duration.ofMinutes(6));
    var history = get(HISTORY + "?period=1D&timeframe=5Min");
    assertThat(history.path("timeframe").asText()).isEqualTo("5Min");
    assertThat(history.path("base_value").decimalValue()).isEqualByComparingTo("100640");
    assertThat(history.path("base_value_asof").asText()).isEqualTo("2026-11-19");
    var times = history.path("timestamp");
    assertThat(Instant.ofEpochSecond(times.get(0).asLong())).isEqualTo("2026-11-20T14:30:00Z");
    assertThat(history.path("equity")).hasSize(times.size());
    assertThat(history.at("/equity/0").isNull()).isTrue();
    assertThat(history.path("equity").get(times.size() - 1).decimalValue())
        .isEqualByComparingTo("100650");
    assertThat(history.path("profit_loss").get(times.size() - 1).decimalValue())
        .isEqualByComparingTo("10");
  }

  @Test
  void moneyThatCameIsNoProfit() {
    market.pass(Duration.ofMinutes(5));
    transfer("500");
    market.pass(Duration.ofMinutes(5));
    var history = get(HISTORY + "?period=1D&timeframe=5Min&cashflow_types=ALL");
    int last = history.path("timestamp").size() - 1;
    assertThat(history.path("equity").get(last).decimalValue()).isEqualByComparingTo("101140");
    assertThat(history.path("profit_loss").get(last).decimalValue()).isEqualByComparingTo("0");
    assertThat(history.at("/cashflow/CSD")).hasSize(last + 1).anyMatch(flow -> flow.asInt() == 500);
  }

  @Test
  void daysAreToldByTheirCloses() {
    market.pass(Duration.ofMinutes(5));
    market.price("KO", "70.00");
    market.passTo("2026-11-20T21:00:00Z");
    market.price("KO", "80.00");
    market.passTo("2026-11-23T15:00:00Z");
    var history = get(HISTORY + "?period=1W&timeframe=1D");
    var equity = history.path("equity");
    assertThat(equity.get(equity.size() - 2).decimalValue()).isEqualByComparingTo("100700");
    assertThat(equity.get(equity.size() - 1).decimalValue()).isEqualByComparingTo("100800");
  }

  @Test
  void theHistorySurvivesARestart() {
    market.pass(Duration.ofMinutes(20));
    assertThat(market.restarted().alice().equity().at(market.exchange().now()))
        .isEqualTo(market.alice().equity().at(market.exchange().now()))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "period=1X",
    "timeframe=2Min",
    "intraday_reporting=never",
    "pnl_reset=maybe",
    "start=2026-11-01&end=2026-11-02&period=1D",
    "start=2026-11-05&end=2026-11-02",
    "period=6M&timeframe=5Min"
  })
  void aBadHistoryQueryIsRefused(String query) {
    assertThat(call("GET", HISTORY + "?" + query, "").status()).isEqualTo(422);
  }

  @Test
  void theNewerClockTellsThePhaseOfEachMarket() {
    var clocks = get("/v3/clock?markets=NYSE").path("clocks");
    assertThat(clocks).hasSize(1);
    assertThat(clocks.get(0).at("/market/mic").asText()).isEqualTo("XNYS");
    assertThat(clocks.get(0).path("phase").asText()).isEqualTo("core");
    assertThat(clocks.get(0).path("phase_until").asText()).isEqualTo("2026-11-20T16:00:00-05:00");
    assertThat(get("/v3/clock").path("clocks")).hasSize(2);
    assertThat(call("GET", "/v3/clock?markets=LSE", "").status()).isEqualTo(422);
    assertThat(get("/v3/calendar/NYSE?start=2026-11-26&end=2026-11-27").path("calendar"))
        .hasSize(1);
  }

  @Test
  void assetsAreFilteredByClassAndAttribute() {
    assertThat(get("/v2/assets?asset_class=crypto"))
        .extracting(asset -> asset.path("symbol").asText())
        .containsExactly("BTC/USD", "ETH/USD");
    assertThat(get("/v2/assets?attributes=fractional_eh_enabled")).hasSize(29);
    assertThat(get("/v2/assets?status=inactive")).isEmpty();
    var coin = get("/v2/assets/BTCUSD");
    assertThat(coin).isEqualTo(get("/v2/assets/BTC/USD"));
    assertThat(coin.path("class").asText()).isEqualTo("crypto");
    assertThat(coin.has("min_order_size")).isTrue();
    assertThat(get("/v2/assets/CRM").path("easy_to_borrow").asBoolean()).isFalse();
  }

  @Test
  void aPositionInACoinHasNoSlashAndIsClosedByEitherName() {
    post(
        "{\"symbol\":\"BTCUSD\",\"notional\":\"1000\",\"side\":\"buy\",\"type\":\"market\","
            + "\"time_in_force\":\"gtc\"}");
    market.passFill();
    var position = get("/v2/positions/BTCUSD");
    assertThat(position.path("symbol").asText()).isEqualTo("BTCUSD");
    assertThat(position.path("asset_class").asText()).isEqualTo("crypto");
    assertThat(get("/v2/orders?status=all&symbols=BTCUSD").get(0).path("symbol").asText())
        .isEqualTo("BTC/USD");
    assertThat(call("DELETE", "/v2/positions/BTCUSD?percentage=50", "").status()).isEqualTo(200);
    market.passFill();
    assertThat(get("/v1beta3/crypto/us/latest/trades?symbols=BTC/USD").at("/trades")).hasSize(1);
  }

  @Test
  void theRequestAfterTheLastOneOfAMinuteIsRefused() {
    var limit = RateLimit.perMinute(2, market.clock());
    assertThat(limit.take("alice").headers())
        .containsEntry("X-RateLimit-Limit", "2")
        .containsEntry("X-RateLimit-Remaining", "1")
        .containsEntry("X-RateLimit-Reset", "1795186860");
    assertThat(limit.take("alice").allowed()).isTrue();
    var refused = limit.take("alice");
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.headers()).containsEntry("Retry-After", "60");
    assertThat(limit.take("bob").allowed()).isTrue();
    market.clock().advance(Duration.ofSeconds(60));
    assertThat(limit.take("alice").allowed()).isTrue();
  }

  private void transfer(String amount) {
    market.exchange().backOffice().transfer("alice", new BigDecimal(amount));
  }

  private static List<String> types(JsonNode activities) {
    return texts(activities, "activity_type");
  }

  private static List<String> amounts(JsonNode activities) {
    return texts(activities, "net_amount");
  }

  private static List<String> texts(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }
}
