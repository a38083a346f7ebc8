package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ComplexOrdersTest {
  private final Market market = Market.quiet();

  @Test
  void theLegsOfABracketAreHeldUntilTheEntryIsFilled() {
    market.price("AAPL", "200.00");
    var entry = placed(bracket().limit("190"));
    assertThat(legs(entry)).extracting(Order::status).containsOnly(OrderStatus.HELD).hasSize(2);
    market.pass(Duration.ofMinutes(1));
    assertThat(market.order(entry).status()).isEqualTo(OrderStatus.NEW);
    assertThat(legs(entry)).extracting(Order::status).containsOnly(OrderStatus.HELD);
    market.price("AAPL", "189.00");
    market.passFill();
    assertThat(market.order(entry).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(legs(entry)).extracting(Order::status).containsOnly(OrderStatus.NEW);
    assertThat(market.events())
        .containsExactly("pending_new", "held", "held", "new", "fill", "new", "new");
    assertThat(market.alice().availableQty("AAPL")).isEqualByComparingTo("0");
  }

  @Test
  void theTakeProfitCancelsTheStopLoss() {
    market.price("AAPL", "200.00");
    var entry = filledBracket();
    market.price("AAPL", "221.00");
    market.passFill();
    assertThat(takeProfit(entry).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(stopLoss(entry).status()).isEqualTo(OrderStatus.CANCELED);
    assertThat(market.alice().position("AAPL").isFlat()).isTrue();
  }

  @Test
  void theStopLossCancelsTheTakeProfit() {
    market.price("AAPL", "200.00");
    var entry = filledBracket();
    market.price("AAPL", "179.00");
    market.passFill();
    assertThat(stopLoss(entry).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(takeProfit(entry).status()).isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void theEndOfTheEntryIsTheEndOfItsLegs() {
    market.price("AAPL", "200.00");
    var entry = placed(bracket().limit("150"));
    market.pass(Duration.ofSeconds(1));
    market.exchange().cancel(ALICE, entry);
    market.pass(Duration.ofSeconds(1));
    assertThat(legs(entry)).extracting(Order::status).containsOnly(OrderStatus.CANCELED);
    var expires = placed(bracket().limit("150"));
    market.pass(Duration.ofHours(7));
    assertThat(market.order(expires).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(legs(expires)).extracting(Order::status).containsOnly(OrderStatus.EXPIRED);
  }

  @Test
  void cancelingOneExitCancelsTheOther() {
    market.price("AAPL", "200.00");
    var entry = filledBracket();
    market.exchange().cancel(ALICE, takeProfit(entry).id());
    market.pass(Duration.ofSeconds(1));
    assertThat(legs(entry)).extracting(Order::status).containsOnly(OrderStatus.CANCELED);
  }

  @Test
  void whileTheEntryFillsInPartsItsLegsAreHeld() {
    var parts = Market.of(1);
    parts.price("AAPL", "200.00");
    var ticket = Tickets.buy("AAPL", "100").exits(OrderClass.BRACKET, "220", "180").ticket();
    var entry = parts.order(parts.submit(ALICE, ticket)).id();
    while (parts.order(entry).status() != OrderStatus.PARTIALLY_FILLED) {
      parts.pass(Duration.ofMillis(1));
    }
    assertThat(parts.alice().legs(entry)).extracting(Order::status).containsOnly(OrderStatus.HELD);
    parts.pass(Duration.ofSeconds(60));
    assertThat(parts.alice().legs(entry)).extracting(Order::status).containsOnly(OrderStatus.NEW);
  }

  @Test
  void whatOneExitTradedTheOtherNeedNot() {
    var parts = Market.of(1);
    parts.price("AAPL", "200.00");
    var ticket = Tickets.buy("AAPL", "100").exits(OrderClass.BRACKET, "220", "180").ticket();
    var entry = parts.order(parts.submit(ALICE, ticket)).id();
    parts.pass(Duration.ofSeconds(60));
    parts.updates();
    parts.price("AAPL", "221.00");
    var profit = parts.alice().legs(entry).getFirst().id();
    while (parts.order(profit).status() != OrderStatus.PARTIALLY_FILLED) {
      parts.pass(Duration.ofMillis(1));
    }
    var loss = parts.alice().legs(entry).getLast();
    assertThat(loss.ticket().qty())
        .isEqualByComparingTo(new BigDecimal("100").subtract(parts.order(profit).filledQty()));
    assertThat(parts.events()).containsExactly("partial_fill", "restated");
    parts.price("AAPL", "179.00");
    parts.pass(Duration.ofSeconds(60));
    assertThat(parts.alice().position("AAPL").isFlat()).isTrue();
    assertThat(parts.alice().openOrders()).isEmpty();
  }

  @Test
  void ofAnOcoOneOrderCancelsTheOther() {
    var holding = Market.holding("AAPL", "10", "150");
    holding.price("AAPL", "200.00");
    var oco = Tickets.sell("AAPL", "10").limit("220").exits(OrderClass.OCO, "220", "180").ticket();
    var parent = holding.order(holding.submit(ALICE, oco)).id();
    holding.pass(Duration.ofSeconds(1));
    var leg = holding.alice().legs(parent).getFirst().id();
    assertThat(holding.order(leg).status()).isEqualTo(OrderStatus.NEW);
    assertThat(holding.alice().availableQty("AAPL")).isEqualByComparingTo("0");
    holding.price("AAPL", "179.00");
    holding.passFill();
    assertThat(holding.order(leg).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(holding.order(parent).status()).isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void anOtoHasOneExit() {
    market.price("AAPL", "200.00");
    var entry = placed(Tickets.buy("AAPL", "10").exits(OrderClass.OTO, null, "180"));
    market.passFill();
    assertThat(legs(entry)).hasSize(1);
    assertThat(legs(entry).getFirst().ticket().type()).isEqualTo(OrderType.STOP);
    assertThat(legs(entry).getFirst().status()).isEqualTo(OrderStatus.NEW);
  }

  @Test
  void aReplacedEntryTakesItsLegsWithIt() {
    market.price("AAPL", "200.00");
    var entry = placed(bracket().limit("150"));
    market.pass(Duration.ofSeconds(1));
    var change = new Change(new BigDecimal("20"), null, null, null, null, null);
    var next = market.order(market.exchange().replace(ALICE, entry, change)).id();
    market.pass(Duration.ofSeconds(1));
    assertThat(legs(next))
        .hasSize(2)
        .allSatisfy(leg -> assertThat(leg.ticket().qty()).isEqualByComparingTo("20"));
    market.price("AAPL", "149.00");
    market.passFill();
    assertThat(legs(next)).extracting(Order::status).containsOnly(OrderStatus.NEW);
  }

  @Test
  void aReplacedExitKeepsItsCounterpart() {
    market.price("AAPL", "200.00");
    var entry = filledBracket();
    var change = new Change(null, null, new BigDecimal("215"), null, null, null);
    var next = market.order(market.exchange().replace(ALICE, takeProfit(entry).id(), change)).id();
    market.pass(Duration.ofSeconds(1));
    assertThat(stopLoss(entry).status()).isEqualTo(OrderStatus.NEW);
    market.price("AAPL", "216.00");
    market.passFill();
    assertThat(market.order(next).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(stopLoss(entry).status()).isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void theExitsLieOnTheirSidesOfThePrice() {
    market.price("AAPL", "200.00");
    assertThat(refused(Tickets.buy("AAPL", "1").exits(OrderClass.BRACKET, "200", "180")))
        .isEqualTo("take_profit.limit_price must be >= 200.01");
    assertThat(refused(Tickets.buy("AAPL", "1").exits(OrderClass.BRACKET, "220", "200")))
        .isEqualTo("stop_loss.stop_price must be <= 199.99");
    assertThat(refused(bracket().in(TimeInForce.IOC)))
        .isEqualTo("bracket orders must be DAY or GTC orders");
    assertThat(refused(Tickets.sell("AAPL", "1").limit("220").exits(OrderClass.OCO, "220", "180")))
        .isEqualTo("oco orders must be exit orders");
  }

  @Test
  void exitsThatWereHeldGoOnAfterARestart() {
    market.price("AAPL", "200.00");
    var entry = placed(bracket().limit("190"));
    market.pass(Duration.ofSeconds(1));
    var again = market.restarted();
    again.price("AAPL", "189.00");
    again.passFill();
    again.price("AAPL", "225.00");
    again.passFill();
    assertThat(again.alice().legs(entry))
        .extracting(Order::status)
        .containsExactly(OrderStatus.FILLED, OrderStatus.CANCELED);
  }

  private static Tickets bracket() {
    return Tickets.buy("AAPL", "10").exits(OrderClass.BRACKET, "220", "140");
  }

  private UUID filledBracket() {
    var entry = placed(Tickets.buy("AAPL", "10").exits(OrderClass.BRACKET, "220", "180"));
    market.passFill();
    return entry;
  }

  private List<Order> legs(UUID entry) {
    return market.alice().legs(entry);
  }

  private Order takeProfit(UUID entry) {
    return legs(entry).getFirst();
  }

  private Order stopLoss(UUID entry) {
    return legs(entry).get(1);
  }

  private UUID placed(Tickets tickets) {
    return market.order(market.submit(ALICE, tickets.ticket())).id();
  }

  private String refused(Tickets tickets) {
    return ((Submission.Refused) market.submit(ALICE, tickets.ticket())).refusal().message();
  }
}
