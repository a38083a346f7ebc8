package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaException.Rejected;
import io.portfoliostream.alpaca.AlpacaOrderRequest.Exits;
import io.portfoliostream.alpaca.AlpacaOrderRequest.StopLoss;
import io.portfoliostream.simulator.SimulatorOptions;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Orders that change other orders, by the client against the simulator: replacements, and the
/// exits of brackets, OCOs and OTOs.
class OrderChangeContractTest {
  private static final BigDecimal FIVE = new BigDecimal("5");

  private final SimulatedBroker broker = new SimulatedBroker(SimulatorOptions.defaults());
  private final AlpacaRest rest = broker.rest(broker.demo());

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void aReplacedOrderEndsAndTheOneInItsPlaceWorks() throws InterruptedException {
    try (var _ = broker.liveStream()) {
      var old = rest.submit(farBuy("old"));
      broker.awaitEvent("new");

      var replacing =
          rest.replace(
              old.id(),
              new AlpacaReplaceRequest(
                  new BigDecimal("2"), null, new BigDecimal("11"), null, null, "young"));

      assertThat(replacing.id()).isNotEqualTo(old.id());
      assertThat(replacing.replaces()).isEqualTo(old.id());
      var replaced = broker.awaitEvent("replaced").order();
      assertThat(replaced.id()).isEqualTo(old.id());
      assertThat(replaced.replacedBy()).isEqualTo(replacing.id());
      assertThat(replaced.replacedAt()).isNotNull();
      assertThat(rest.orderByClientId("young").orElseThrow().id()).isEqualTo(replacing.id());
      assertThat(rest.openOrders()).extracting(AlpacaOrder::id).containsExactly(replacing.id());
      assertThat(rest.openOrders().getFirst().qty()).isEqualByComparingTo("2");
      assertThat(rest.openOrders().getFirst().limitPrice()).isEqualByComparingTo("11");
      assertRejected(422, () -> rest.replace(old.id(), quantity("3", null)));
      assertRejected(422, () -> rest.cancel(old.id()));
    }
  }

  @Test
  void aReplacementIsRefusedLikeAnOrder() throws InterruptedException {
    try (var _ = broker.liveStream()) {
      var order = rest.submit(farBuy("one"));
      broker.awaitEvent("new");

      assertThatThrownBy(() -> rest.replace(order.id(), quantity("2", "one")))
          .isInstanceOfSatisfying(
              Rejected.class, rejected -> assertThat(rejected.isDuplicateClientOrderId()).isTrue());
      assertRejected(
          404, () -> rest.replace("00000000-0000-4000-8000-000000000000", quantity("2", null)));
    }
  }

  @Test
  void aBracketsExitsAwakeWithItsFillAndTheOneThatFillsCancelsTheOther()
      throws InterruptedException {
    try (var _ = broker.liveStream()) {
      var price = price();
      var target = price.add(BigDecimal.TEN);
      var stopLoss = new StopLoss(price.subtract(BigDecimal.TEN), null);
      var request =
          AlpacaOrderRequest.market("AAPL", FIVE, "buy", "bracket")
              .withExits(new Exits("bracket", target, stopLoss));

      var entry = rest.submit(request);
      assertThat(entry.orderClass()).isEqualTo("bracket");
      assertThat(entry.legs()).extracting(AlpacaOrder::status).containsExactly("held", "held");
      var takeProfit = leg(entry, "limit");
      var protection = leg(entry, "stop");
      broker.awaitEvent(entry.id(), "fill");
      broker.awaitEvent("new");
      broker.awaitEvent("new");
      assertThat(rest.order(entry.id()).orElseThrow().legs())
          .extracting(AlpacaOrder::status)
          .containsExactly("new", "new");

      broker.simulator().setPrice("AAPL", target.add(BigDecimal.ONE));

      var ended =
          broker.updatesUntil(update ->
              update.event().equals("canceled") && update.order().id().equals(protection.id()));
      assertThat(ended)
          .anyMatch(update ->
              update.event().endsWith("fill") && update.order().id().equals(takeProfit.id()));
    }
  }

  @Test
  void anOcoProtectsWhatIsHeldAndIsCanceledAsOne() throws InterruptedException {
    try (var _ = broker.liveStream()) {
      var price = price();
      var target = price.add(BigDecimal.TEN);
      var stopLoss =
          new StopLoss(price.subtract(BigDecimal.TEN), price.subtract(new BigDecimal("11")));
      var request =
          AlpacaOrderRequest.limit("AAPL", FIVE, "sell", target, "oco")
              .withExits(new Exits("oco", target, stopLoss));

      var oco = rest.submit(request);
      var protection = leg(oco, "stop_limit");
      assertThat(protection.limitPrice())
          .isEqualByComparingTo(price.subtract(new BigDecimal("11")));
      broker.awaitEvent(oco.id(), "new");
      rest.cancel(oco.id());

      broker.updatesUntil(_ -> rest.openOrders().isEmpty());
      assertThat(rest.order(protection.id()).orElseThrow().status()).isEqualTo("canceled");
    }
  }

  @Test
  void anOtoHasTheOneExitItWasGiven() {
    var stopLoss = new StopLoss(price().subtract(BigDecimal.TEN), null);
    var request =
        AlpacaOrderRequest.market("AAPL", FIVE, "buy", "oto")
            .withExits(new Exits("oto", null, stopLoss));

    var entry = rest.submit(request);

    assertThat(entry.legs()).hasSize(1);
    assertThat(leg(entry, "stop").stopPrice()).isEqualByComparingTo(stopLoss.stop());
  }

  @Test
  void anExitOnTheWrongSideIsRefused() {
    var price = price();
    var upsideDown =
        new Exits("bracket", price.subtract(BigDecimal.TEN), new StopLoss(price, null));

    assertRejected(
        422,
        () ->
            rest.submit(
                AlpacaOrderRequest.market("AAPL", FIVE, "buy", "wrong").withExits(upsideDown)));
  }

  private BigDecimal price() {
    return Objects.requireNonNull(rest.position("AAPL").orElseThrow().currentPrice());
  }

  private static AlpacaOrderRequest farBuy(String clientOrderId) {
    return AlpacaOrderRequest.limit(
        "AAPL", BigDecimal.ONE, "buy", new BigDecimal("10"), clientOrderId);
  }

  private static AlpacaReplaceRequest quantity(String qty, @Nullable String clientOrderId) {
    return new AlpacaReplaceRequest(new BigDecimal(qty), null, null, null, null, clientOrderId);
  }

  private static AlpacaOrder leg(AlpacaOrder parent, String type) {
    return parent.legs().stream().filter(leg -> leg.type().equals(type)).findFirst().orElseThrow();
  }

  private static void assertRejected(int status, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.status()).isEqualTo(status));
  }
}
