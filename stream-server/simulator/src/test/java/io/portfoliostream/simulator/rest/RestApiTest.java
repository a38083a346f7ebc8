package io.portfoliostream.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestApiTest extends RestTest {
  @Test
  void withoutKeysNothingIsAnswered() {
    var answer = api.answer(new Request("GET", "/v2/account", Map.of(), Map.of(), "", true));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(body(answer).path("code").asInt()).isEqualTo(40110000);
  }

  @Test
  void theSecretOfAnotherAccountDoesNotOpenThisOne() {
    var headers = Map.of("apca-api-key-id", "PKalice", "apca-api-secret-key", "secret-bob");
    var answer = api.answer(new Request("GET", "/v2/account", Map.of(), headers, "", true));
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void theAccountTellsItsFiguresAsDecimalStrings() {
    var account = get("/v2/account");
    assertThat(account.path("cash").asText()).isEqualTo("100000");
    assertThat(account.path("equity").asText()).isEqualTo("100640");
    assertThat(account.path("long_market_value").asText()).isEqualTo("640");
    assertThat(account.path("buying_power").asText()).isEqualTo("200640");
    assertThat(account.path("status").asText()).isEqualTo("ACTIVE");
    assertThat(account.path("multiplier").asText()).isEqualTo("2");
    assertThat(account.path("balance_asof").asText()).isEqualTo("2026-11-19");
    assertThat(account.has("pattern_day_trader")).isFalse();
  }

  @Test
  void aPositionTellsItsFigures() {
    var position = get("/v2/positions/KO");
    assertThat(position.path("qty").asText()).isEqualTo("10");
    assertThat(position.path("cost_basis").asText()).isEqualTo("600");
    assertThat(position.path("market_value").asText()).isEqualTo("640");
    assertThat(position.path("unrealized_pl").asText()).isEqualTo("40");
    assertThat(position.path("unrealized_plpc").asText()).isEqualTo("0.0666666667");
    assertThat(position.path("lastday_price").asText()).isEqualTo("63.8");
    assertThat(position.path("unrealized_intraday_pl").asText()).isEqualTo("2");
    assertThat(get("/v2/positions")).hasSize(1);
    assertThat(get("/v2/positions/" + position.path("asset_id").asText())).isEqualTo(position);
  }

  @Test
  void aFlatSymbolHasNoPosition() {
    var answer = call("GET", "/v2/positions/AAPL", "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(body(answer).path("message").asText()).isEqualTo("position does not exist");
  }

  @Test
  void anOrderIsAnsweredAsPendingAndHasEveryField() {
    var order = post(BUY);
    assertThat(order.path("status").asText()).isEqualTo("pending_new");
    assertThat(names(order))
        .containsExactly(
            ("id client_order_id created_at updated_at submitted_at filled_at expired_at"
                    + " canceled_at failed_at replaced_at replaced_by replaces asset_id symbol"
                    + " asset_class notional qty filled_qty filled_avg_price order_class"
                    + " order_type type side position_intent time_in_force limit_price stop_price"
                    + " status extended_hours legs trail_percent trail_price hwm subtag source"
                    + " expires_at")
                .split(" "));
  }

  @Test
  void anOrderIsFoundByBothOfItsIds() {
    var order = post(BUY.replace("{", "{\"client_order_id\":\"my id/1\","));
    market.passFill();
    var byId = get("/v2/orders/" + order.path("id").asText());
    var byClientId = get("/v2/orders:by_client_order_id?client_order_id=my+id%2F1");
    assertThat(byId).isEqualTo(byClientId);
    assertThat(byId.path("status").asText()).isEqualTo("filled");
    assertThat(byId.path("filled_avg_price").asText()).isEqualTo("200.03");
    assertThat(call("GET", "/v2/orders/" + new UUID(1, 1), "").status()).isEqualTo(404);
    assertThat(call("GET", "/v2/orders/nonsense", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"symbol\":\"AAPL\",\"qty\":5,\"side\":\"buy\",\"type\":\"market\",\"time_in_force\":\"day\"}",
        "{\"symbol\":\"AAPL\",\"qty\":5.0,\"side\":\"buy\",\"type\":\"market\",\"time_in_force\":\"day\"}",
        "{\"symbol\":\"AAPL\",\"qty\":\"5.0\",\"notional\":null,\"limit_price\":\"\",\"side\":\"buy\","
            + "\"type\":\"market\",\"time_in_force\":\"day\",\"legs\":[],\"order_class\":\"simple\"}",
        "{\"symbol\":\"AAPL\",\"qty\":\"5\",\"side\":\"buy\",\"type\":\"market\",\"time_in_force\":\"day\","
            + "\"order_class\":\"\",\"unheard_of\":{\"a\":1}}"
      })
  void decimalsMayBeNumbersAndWhatIsEmptyOrUnknownIsIgnored(String body) {
    assertThat(post(body).path("qty").asText()).isEqualTo("5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {} | symbol is required
          {"symbol":"AAPL"} | invalid side
          {"symbol":"AAPL","side":"buy"} | invalid order type
          {"symbol":"AAPL","side":"buy","type":"market"} | invalid time_in_force
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day"} | qty or notional is required
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day","qty":"1","notional":"5"} | only one of qty or notional is accepted
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day","qty":"0"} | qty must be > 0
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day","qty":"-1"} | qty must be > 0
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day","qty":"x"} | qty is not a valid decimal number
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day","qty":"1e999999999"} | qty is not a valid decimal number
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day","qty":"1.0000000001"} | qty must be limited to 9 decimal places
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"day","qty":"1","limit_price":"5"} | market orders require no stop or limit price
          {"symbol":"AAPL","side":"buy","type":"limit","time_in_force":"day","qty":"1"} | limit orders require a limit price
          {"symbol":"AAPL","side":"buy","type":"limit","time_in_force":"day","qty":"1","limit_price":"0"} | limit price must be > 0
          {"symbol":"AAPL","side":"buy","type":"stop","time_in_force":"day","qty":"1"} | stop orders require a stop price
          {"symbol":"AAPL","side":"buy","type":"trailing_stop","time_in_force":"day","qty":"1"} | trailing stop orders must specify one of trail_price or trail_percent
          {"symbol":"AAPL","side":"buy","type":"market","time_in_force":"odd","qty":"1"} | invalid time_in_force
          """)
  void aBadFieldIsRefusedInWords(String body, String message) {
    var answer = call("POST", "/v2/orders", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(body(answer).path("code").asInt()).isEqualTo(40010001);
    assertThat(body(answer).path("message").asText()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"order_class\":\"bracket\"", "\"extended_hours\":true", "\"trail_price\":\"1\""})
  void whatIsNotTradedIsRefusedAndNotTakenForSomethingElse(String field) {
    var answer = call("POST", "/v2/orders", BUY.replace("{", "{" + field + ","));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(get("/v2/orders?status=all")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "5", "{\"a\":1}{", "{\"qty\":1,\"qty\":2}"})
  void whatIsNoObjectIsMalformed(String body) {
    assertThat(call("POST", "/v2/orders", body).status()).isEqualTo(400);
  }

  @Test
  void cancelingIsAcceptedAndHappens() {
    var order = post(limit("100"));
    assertThat(call("DELETE", "/v2/orders/" + order.path("id").asText(), "").status())
        .isEqualTo(204);
    market.pass(Duration.ofSeconds(1));
    var canceled = get("/v2/orders/" + order.path("id").asText());
    assertThat(canceled.path("status").asText()).isEqualTo("canceled");
    assertThat(canceled.path("canceled_at").isNull()).isFalse();
    assertThat(call("DELETE", "/v2/orders/" + order.path("id").asText(), "").status())
        .isEqualTo(422);
  }

  @Test
  void cancelingEverythingTellsOfEachOrder() {
    post(limit("100"));
    post(limit("101"));
    var answer = call("DELETE", "/v2/orders", "");
    assertThat(answer.status()).isEqualTo(207);
    assertThat(body(answer)).hasSize(2).allMatch(one -> one.path("status").asInt() == 200);
  }

  @Test
  void closingAPositionSellsIt() {
    var answer = call("DELETE", "/v2/positions/KO?percentage=50", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer).path("qty").asText()).isEqualTo("5");
    market.passFill();
    assertThat(get("/v2/positions/KO").path("qty").asText()).isEqualTo("5");
    assertThat(call("DELETE", "/v2/positions", "").status()).isEqualTo(207);
    market.passFill();
    assertThat(get("/v2/positions")).isEmpty();
  }

  @Test
  void closingAllWithItsOrdersCancelsThemFirst() {
    post(
        "{\"symbol\":\"KO\",\"qty\":\"10\",\"side\":\"sell\",\"type\":\"limit\",\"time_in_force\":"
            + "\"day\",\"limit_price\":\"90\"}");
    market.pass(Duration.ofSeconds(1));
    assertThat(body(call("DELETE", "/v2/positions", "")).get(0).path("status").asInt())
        .isEqualTo(403);
    var answer = body(call("DELETE", "/v2/positions?cancel_orders=true", ""));
    assertThat(answer.get(0).path("status").asInt()).isEqualTo(200);
    assertThat(answer.get(0).path("body").path("symbol").asText()).isEqualTo("KO");
  }

  @Test
  void ordersArePagedByTheirIds() {
    var ids = new ArrayList<String>();
    for (int price = 100; price < 107; price++) {
      ids.add(post(limit(Integer.toString(price))).path("id").asText());
    }
    assertThat(idsOf("/v2/orders")).containsExactlyElementsOf(ids.reversed());
    assertThat(idsOf("/v2/orders?direction=asc&limit=3"))
        .containsExactlyElementsOf(ids.subList(0, 3));
    assertThat(idsOf("/v2/orders?direction=asc&limit=3&after_order_id=" + ids.get(2)))
        .containsExactlyElementsOf(ids.subList(3, 6));
    assertThat(idsOf("/v2/orders?direction=asc&before_order_id=" + ids.get(2)))
        .containsExactlyElementsOf(ids.subList(0, 2));
  }

  @Test
  void ordersAreFilteredByStatusTimeAndSymbol() {
    var open = post(limit("100")).path("id").asText();
    market.pass(Duration.ofSeconds(5));
    var filled = post(BUY.replace("AAPL", "F")).path("id").asText();
    market.passFill();
    assertThat(idsOf("/v2/orders")).containsExactly(open);
    assertThat(idsOf("/v2/orders?status=closed&nested=true")).containsExactly(filled);
    assertThat(idsOf("/v2/orders?status=all&symbols=")).containsExactly(filled, open);
    assertThat(idsOf("/v2/orders?status=all&symbols=AAPL,KO")).containsExactly(open);
    assertThat(idsOf("/v2/orders?status=all&after=2026-11-20T15:00:03Z")).containsExactly(filled);
    assertThat(idsOf("/v2/orders?status=all&until=2026-11-20T10:00:03-05:00"))
        .containsExactly(open);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=odd",
        "limit=0",
        "limit=501",
        "limit=x",
        "direction=up",
        "after=yesterday"
      })
  void aBadFilterIsRefused(String query) {
    assertThat(call("GET", "/v2/orders?" + query, "").status()).isEqualTo(422);
  }

  @Test
  void activitiesArePagedWithTheIdOfTheLastOne() {
    for (int order = 0; order < 3; order++) {
      post(BUY);
      market.passFill();
    }
    var all = get("/v2/account/activities/FILL?direction=asc&page_size=2");
    assertThat(all).hasSize(2);
    var next =
        get(
            "/v2/account/activities/FILL?direction=asc&page_token="
                + all.get(1).path("id").asText());
    assertThat(next).hasSize(1);
    assertThat(next.get(0).path("cum_qty").asText()).isEqualTo("5");
    assertThat(next.get(0).path("order_status").asText()).isEqualTo("filled");
    var execution = market.alice().executions().sequencedKeySet().getLast();
    assertThat(next.get(0).path("id").asText())
        .matches("20261120100\\d{6}::.*")
        .endsWith("::" + execution);
    assertThat(get("/v2/account/activities")).hasSize(4);
    assertThat(get("/v2/account/activities?activity_types=JNLC").get(0).path("net_amount").asText())
        .isEqualTo("100000");
  }

  @Test
  void clockCalendarAndAssetsAnswer() {
    var clock = get("/v2/clock");
    assertThat(clock.path("is_open").asBoolean()).isTrue();
    assertThat(clock.path("next_close").asText()).isEqualTo("2026-11-20T16:00:00-05:00");
    var calendar = get("/v2/calendar?start=2026-11-26&end=2026-11-27");
    assertThat(calendar).hasSize(1);
    assertThat(calendar.get(0).path("close").asText()).isEqualTo("13:00");
    assertThat(get("/v2/assets")).hasSize(31);
    assertThat(get("/v2/assets/AAPL").path("fractionable").asBoolean()).isTrue();
    assertThat(call("GET", "/v2/assets/NOPE", "").status()).isEqualTo(404);
  }

  @Test
  void marketDataIsKeyedBySymbolAndItsPricesAreNumbers() {
    var snapshot = get("/v2/stocks/snapshots?symbols=AAPL,NOPE&feed=iex");
    assertThat(names(snapshot)).containsExactly("AAPL");
    assertThat(snapshot.path("AAPL").path("latestTrade").path("p").isNumber()).isTrue();
    assertThat(snapshot.path("AAPL").path("latestQuote").path("ap").decimalValue())
        .isEqualByComparingTo("200.03");
    assertThat(get("/v2/stocks/trades/latest?symbols=KO").at("/trades/KO/p").decimalValue())
        .isEqualByComparingTo("64");
    assertThat(get("/v2/stocks/quotes/latest?symbols=KO").at("/quotes/KO/bp").decimalValue())
        .isEqualByComparingTo("63.99");
    assertThat(call("GET", "/v2/stocks/snapshots", "").status()).isEqualTo(422);
  }

  @Test
  void whatDoesNotExistIsNotFoundAndAWrongMethodIsTold() {
    assertThat(call("GET", "/v2/nothing", "").status()).isEqualTo(404);
    assertThat(call("GET", "/", "").status()).isEqualTo(404);
    assertThat(call("PUT", "/v2/orders", "").status()).isEqualTo(405);
  }

  @Test
  void onlyCallersOnThisMachineAreToldTheKeys() {
    var local = api.answer(new Request("GET", "/simulator/accounts", Map.of(), Map.of(), "", true));
    assertThat(body(local).get(0).path("key").asText()).isEqualTo("PKalice");
    var remote =
        api.answer(new Request("GET", "/simulator/accounts", Map.of(), Map.of(), "", false));
    assertThat(remote.status()).isEqualTo(403);
  }
}
