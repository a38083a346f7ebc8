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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent to enter, replace and cancel orders.
class OrderEntryTest {
  private static final String ORDER =
      "{\"id\":\"%s\",\"client_order_id\":\"c-%s\",\"symbol\":\"SPY\",\"status\":\"new\"}";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final FakeRestServer server = new FakeRestServer();
  private final AlpacaRest rest =
      new AlpacaRest(
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
  void aCancelNeedsNoBody() {
    server.then(204, "");

    rest.cancel("o1");

    assertThat(server.onlyRequest().method()).isEqualTo("DELETE");
    assertThat(server.onlyRequest().uri()).isEqualTo("/v2/orders/o1");
  }
}
