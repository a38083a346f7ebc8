package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplaceTest {
  private final Market market = Market.holding("KO", "10", "60");

  @Test
  void aNewOrderComesInThePlaceOfTheOldOne() {
    market.price("AAPL", "200.00");
    var old = working(Tickets.buy("AAPL", "10").limit("100"));
    market.events();
    var next = replaced(old, change("20", "101"));
    assertThat(next).isNotEqualTo(old);
    assertThat(market.order(old).status()).isEqualTo(OrderStatus.PENDING_REPLACE);
    market.pass(Duration.ofMillis(20));
    assertThat(market.order(old).status()).isEqualTo(OrderStatus.REPLACED);
    assertThat(market.order(old).links().replacedBy()).isEqualTo(next);
    assertThat(market.order(old).times().replacedAt()).isNotNull();
    assertThat(market.order(next).links().replaces()).isEqualTo(old);
    assertThat(market.order(next).status()).isEqualTo(OrderStatus.NEW);
    assertThat(market.order(next).ticket().qty()).isEqualByComparingTo("20");
    assertThat(market.order(next).ticket().limitPrice()).isEqualByComparingTo("101");
    assertThat(market.events()).containsExactly("pending_replace", "replaced", "new");
    market.price("AAPL", "100.50");
    market.passFill();
    assertThat(market.order(next).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(market.alice().position("AAPL").qty()).isEqualByComparingTo("20");
  }

  @Test
  void aFillThatIsFasterThanTheReplacementWins() {
    market.price("AAPL", "200.00");
    var old = working(Tickets.buy("AAPL", "10").limit("150"));
    market.price("AAPL", "149.00");
    var fill = market.exchange().nextInstant();
    market.pass(Duration.between(market.clock().instant(), fill).minusMillis(10));
    var next = replaced(old, change("20", null));
    market.events();
    market.pass(Duration.ofSeconds(1));
    assertThat(market.order(old).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(market.order(next).status()).isEqualTo(OrderStatus.REJECTED);
    assertThat(market.events()).containsExactly("fill", "order_replace_rejected", "rejected");
    assertThat(market.alice().position("AAPL").qty()).isEqualByComparingTo("10");
  }

  @Test
  void whatTradedBeforeTheReplacementIsNotTradedAgain() {
    var parts = Market.of(1);
    parts.price("AAPL", "200.00");
    var old =
        parts.order(parts.submit(ALICE, Tickets.buy("AAPL", "100").limit("201").ticket())).id();
    while (parts.order(old).status() != OrderStatus.PARTIALLY_FILLED) {
      parts.pass(Duration.ofMillis(1));
    }
    var traded = parts.order(old).filledQty();
    parts.price("AAPL", "300.00");
    assertThat(refused(parts.exchange().replace(ALICE, old, change(traded.toPlainString(), null))))
        .isEqualTo("qty must be > filled_qty");
    var next = parts.order(parts.exchange().replace(ALICE, old, change("150", "202"))).id();
    parts.pass(Duration.ofSeconds(1));
    assertThat(parts.order(next).ticket().qty())
        .isEqualByComparingTo(new BigDecimal("150").subtract(traded));
    parts.price("AAPL", "200.00");
    parts.pass(Duration.ofSeconds(60));
    assertThat(parts.alice().position("AAPL").qty()).isEqualByComparingTo("150");
  }

  @Test
  void bothOrdersTogetherReserveWhatTheLargerNeeds() {
    market.price("AAPL", "200.00");
    var old = working(Tickets.buy("AAPL", "10").limit("100"));
    var power = power();
    replaced(old, change("30", null));
    assertThat(power()).isEqualByComparingTo(power.subtract(new BigDecimal("2000")));
    market.pass(Duration.ofSeconds(1));
    assertThat(power()).isEqualByComparingTo(power.subtract(new BigDecimal("2000")));
  }

  @Test
  void aReplacementMayNotCostMoreThanThereIs() {
    market.price("AAPL", "200.00");
    var old = working(Tickets.buy("AAPL", "900").limit("200"));
    assertThat(refused(market.exchange().replace(ALICE, old, change("1100", null))))
        .isEqualTo("insufficient buying power");
    assertThat(market.order(old).status()).isEqualTo(OrderStatus.NEW);
    replaced(old, change("950", null));
  }

  @Test
  void aSaleIsReplacedWithoutNeedingItsSharesTwice() {
    market.price("KO", "60.00");
    var old = working(Tickets.sell("KO", "10").limit("70"));
    var next = replaced(old, change(null, "71"));
    assertThat(market.alice().availableQty("KO")).isEqualByComparingTo("0");
    market.pass(Duration.ofSeconds(1));
    assertThat(refused(market.exchange().replace(ALICE, next, change("11", null))))
        .startsWith("insufficient qty available");
  }

  @Test
  void onlyWorkingOrdersAreReplacedAndOnlyByDifferentOnes() {
    market.price("AAPL", "200.00");
    var order = market.order(market.submit(ALICE, Tickets.buy("AAPL", "10").limit("100").ticket()));
    assertThat(refused(market.exchange().replace(ALICE, order.id(), change("9", null))))
        .isEqualTo("cannot replace order in pending_new status");
    market.pass(Duration.ofSeconds(1));
    assertThat(refused(market.exchange().replace(ALICE, order.id(), change("10", "100"))))
        .isEqualTo("order parameters are not changed");
    assertThat(refused(market.exchange().replace(ALICE, order.id(), change("10", "100.123"))))
        .contains("sub-penny");
    replaced(order.id(), change("9", null));
    assertThat(refused(market.exchange().replace(ALICE, order.id(), change("8", null))))
        .isEqualTo("order already replaced");
    assertThat(refused(market.exchange().cancel(ALICE, order.id())))
        .isEqualTo("cannot cancel order in pending_replace status");
    market.pass(Duration.ofSeconds(1));
    assertThat(refused(market.exchange().cancel(ALICE, order.id())))
        .isEqualTo("order is already in \"replaced\" state");
    assertThat(refused(market.exchange().replace(ALICE, new UUID(1, 1), change("8", null))))
        .startsWith("order not found");
  }

  @Test
  void aReplacementThatWasPendingIsMadeAfterARestart() {
    market.price("AAPL", "200.00");
    var old = working(Tickets.buy("AAPL", "10").limit("100"));
    var next = replaced(old, change("12", null));
    var again = market.restarted();
    again.pass(Duration.ofSeconds(1));
    assertThat(again.order(old).status()).isEqualTo(OrderStatus.REPLACED);
    assertThat(again.order(next).status()).isEqualTo(OrderStatus.NEW);
  }

  private UUID working(Tickets tickets) {
    var id = market.order(market.submit(ALICE, tickets.ticket())).id();
    market.pass(Duration.ofMillis(20));
    return id;
  }

  private UUID replaced(UUID order, Change change) {
    return market.order(market.exchange().replace(ALICE, order, change)).id();
  }

  private BigDecimal power() {
    return market.exchange().sheet(market.alice()).buyingPower();
  }

  private static String refused(Submission submission) {
    assertThat(submission).isInstanceOf(Submission.Refused.class);
    return ((Submission.Refused) submission).refusal().message();
  }

  private static Change change(@Nullable String qty, @Nullable String limit) {
    return new Change(
        qty == null ? null : new BigDecimal(qty),
        null,
        limit == null ? null : new BigDecimal(limit),
        null,
        null,
        null);
  }
}
