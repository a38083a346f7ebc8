package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaException.OutcomeUnknown;
import io.portfoliostream.alpaca.AlpacaException.RateLimited;
import io.portfoliostream.alpaca.AlpacaException.Rejected;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestFailureTest {
  private static final AlpacaOrderRequest REQUEST =
      AlpacaOrderRequest.market("SPY", BigDecimal.ONE, "buy", "pf-1");
  private static final String CLOCK = Fixtures.text("clock.json");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ManualTiming time = new ManualTiming();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final FakeRestServer server = new FakeRestServer();
  private final AlpacaRest rest = client(RestPolicy.defaults());

  @AfterEach
  void stop() {
    stalled.countDown();
    server.close();
    http.shutdownNow();
  }

  @Test
  void aRefusedOrderCarriesTheBrokersWords() {
    server.then(
        403, "{\"code\":40310000,\"message\":\"insufficient buying power\",\"cost_basis\":\"9\"}");

    assertThatThrownBy(() -> rest.submit(REQUEST))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.status()).isEqualTo(403);
              assertThat(rejected.code()).isEqualTo(40_310_000);
              assertThat(rejected.message()).isEqualTo("insufficient buying power");
            });
  }

  @Test
  void aWashTradeIsNoProblemOfTheCredentials() {
    server.then(403, "{\"code\":40310000,\"message\":\"potential wash trade detected\"}");

    assertThatThrownBy(() -> rest.submit(REQUEST)).isInstanceOf(Rejected.class);
  }

  @Test
  void theTimeoutCoversTheBody() {
    server.then(FakeRestServer.Answer.stall(stalled));
    var hasty = client(RestPolicy.defaults().withRequestTimeout(Duration.ofMillis(200)));

    assertThatThrownBy(() -> hasty.submit(REQUEST))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("PT0.2S");
  }

  @Test
  void anAnswerHasABound() {
    server.then(200, "[\"%s\"]".formatted("x".repeat(2_000)));
    var defaults = RestPolicy.defaults();
    var narrow =
        client(
            new RestPolicy(
                defaults.rates(),
                defaults.requestTimeout(),
                1,
                defaults.readBackoff(),
                defaults.maxWait(),
                defaults.maxOrderWait(),
                1_000));

    assertThatThrownBy(narrow::positions).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void aReadIsRepeatedWithGrowingPauses() {
    server.then(503, "").then(502, "<html>").then(200, "not json").then(200, CLOCK);

    assertThat(rest.clock().isOpen()).isTrue();
    assertThat(time.sleeps())
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void aReadGivesUpAfterItsTries() {
    server.then(500, "").then(500, "").then(500, "").then(500, "").then(200, CLOCK);

    assertThatThrownBy(rest::clock).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void aRefusalIsNotRepeated() {
    server.then(422, "{\"code\":42210000,\"message\":\"no\"}");

    assertThatThrownBy(rest::clock).isInstanceOf(Rejected.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aNotFoundOfAGatewayIsNotAMissingOrder() {
    server.then(404, "<html>404 page not found</html>");

    assertThatThrownBy(() -> rest.orderByClientId("pf-1")).isInstanceOf(Rejected.class);
  }

  @Test
  void aReadWaitsForTheLongerOfBothHeadersAfterA429() {
    var reset = String.valueOf(ManualTiming.START.getEpochSecond() + 7);
    server.then(429, "", "Retry-After", "3", "X-RateLimit-Reset", reset).then(200, CLOCK);

    assertThat(rest.clock().isOpen()).isTrue();
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void a429WithoutHeadersStillPauses() {
    server.then(429, "too many requests").then(200, CLOCK);

    assertThat(rest.clock().isOpen()).isTrue();
    assertThat(time.slept()).isPositive();
  }

  @Test
  void anOrderRefusedForTheRateTellsWhenAndHoldsOthersBack() {
    server.then(429, "", "Retry-After", "12").then(200, CLOCK);

    assertThatThrownBy(() -> rest.submit(REQUEST))
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(12)));
    assertThat(rest.clock().isOpen()).isTrue();
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void aPauseThatIsTooLongIsToldWithoutAnotherRequest() {
    server.then(429, "", "Retry-After", "120");

    assertThatThrownBy(rest::clock).isInstanceOf(RateLimited.class);
    assertThat(server.requests()).hasSize(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void theLastRequestAllowedPausesBeforeTheNext() {
    var reset = String.valueOf(ManualTiming.START.getEpochSecond() + 9);
    server
        .then(200, CLOCK, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset)
        .then(200, CLOCK);

    assertThat(rest.clock().isOpen()).isTrue();
    assertThat(time.sleeps()).isEmpty();
    assertThat(rest.clock().isOpen()).isTrue();
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void anOrderDoesNotWaitForALongPause() {
    server.then(429, "", "Retry-After", "6");
    assertThatThrownBy(() -> rest.submit(REQUEST)).isInstanceOf(RateLimited.class);

    assertThatThrownBy(() -> rest.cancel("o1"))
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(6)));

    assertThat(time.sleeps()).isEmpty();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void theLastRequestsOfAPeriodAreLeftToOrders() {
    var reset = String.valueOf(ManualTiming.START.getEpochSecond() + 9);
    server
        .then(200, CLOCK, "X-RateLimit-Remaining", "5", "X-RateLimit-Reset", reset)
        .then(204, "")
        .then(200, CLOCK);
    assertThat(rest.clock().isOpen()).isTrue();

    rest.cancel("o1");
    assertThat(time.sleeps()).isEmpty();

    assertThat(rest.clock().isOpen()).isTrue();
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aReconciliationHoldsNoOrderUp() {
    var answers = 60;
    for (var i = 0; i < answers; i++) {
      server.then(200, CLOCK);
    }
    var background = rest.inBackground();
    for (var i = 0; i < answers; i++) {
      assertThat(background.clock().isOpen()).isTrue();
    }
    var waits = time.sleeps().size();
    assertThat(waits).isEqualTo(answers - 10);

    server.then(200, CLOCK).then(204, "").then(204, "");
    assertThat(rest.clock().isOpen()).isTrue();
    rest.cancel("o1");
    rest.cancel("o2");

    assertThat(time.sleeps()).hasSize(waits);
  }

  @Test
  void anAnswerThatRepeatsItsPageDoesNotTurnForEver() {
    var page =
        "["
            + "{\"id\":\"o\",\"client_order_id\":\"c\",\"symbol\":\"SPY\",\"status\":\"new\"},"
                .repeat(499)
            + "{\"id\":\"o\",\"client_order_id\":\"c\",\"symbol\":\"SPY\",\"status\":\"new\"}]";
    server.then(200, page).then(200, page);

    assertThatThrownBy(rest::openOrders)
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("same page");
  }

  private AlpacaRest client(RestPolicy policy) {
    var stream = URI.create("ws://127.0.0.1:1/v2/iex");
    return new AlpacaRest(
        http,
        new AlpacaEndpoints(server.uri(), stream, server.uri(), stream),
        new AlpacaCredentials.ApiKey("PKTEST", "chocolate"),
        policy,
        time.timing());
  }
}
