package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  @Test
  void aMarketOrderGoesFromPendingToFilled() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    market.updates();
    var order = market.trade(Side.BUY, "AAPL", "5");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.PENDING_NEW);
    market.pass(Duration.ofMillis(20));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(market.updates())
        .extracting(TradeUpdate::event)
        .containsExactly("pending_new", "new", "fill");
  }

  @Test
  void aBuyPaysTheAskAndASellGetsTheBid() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var buy = market.trade(Side.BUY, "AAPL", "5");
    market.passFill();
    assertThat(market.order(buy).filledAveragePrice()).hasValue(new BigDecimal("200.030000000"));
    var sell = market.trade(Side.SELL, "AAPL", "5");
    market.passFill();
    assertThat(market.order(sell).filledAveragePrice().orElseThrow())
        .isEqualByComparingTo("199.97");
    assertThat(market.alice().balance().cash()).isEqualByComparingTo("99999.70");
    assertThat(market.alice().positions()).isEmpty();
  }

  @Test
  void everyUpdateTellsTheOrderAfterItAndFillsTellTheirExecution() {
    var market = Market.quiet();
    market.trade(Side.BUY, "AAPL", "5");
    market.passFill();
    var updates = market.updates();
    assertThat(updates)
        .extracting(update -> update.order().status())
        .containsExactly(OrderStatus.PENDING_NEW, OrderStatus.NEW, OrderStatus.FILLED);
    assertThat(updates.get(0).executionId()).isNull();
    assertThat(updates.get(1).executionId()).isNotNull();
    assertThat(updates.get(1).execution()).isNull();
    var execution = updates.get(2).execution();
    assertThat(execution).isNotNull();
    assertThat(execution.id()).isEqualTo(updates.get(2).executionId());
    assertThat(execution.positionQty()).isEqualByComparingTo("5");
    assertThat(execution.leavesQty()).isEqualByComparingTo("0");
    assertThat(execution.settlesOn()).isEqualTo("2026-11-23");
    assertThat(updates).extracting(TradeUpdate::eventId).isSorted().doesNotHaveDuplicates();
    assertThat(updates).extracting(TradeUpdate::timestamp).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anOrderThatFillsInPartsAddsUp() {
    var market = Market.of(1);
    var order = market.trade(Side.BUY, "AAPL", "100");
    market.pass(Duration.ofSeconds(60));
    var fills =
        market.updates().stream().flatMap(update -> Stream.ofNullable(update.execution())).toList();
    assertThat(fills).hasSizeGreaterThan(1);
    var total = fills.stream().map(Execution::qty).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(total).isEqualByComparingTo("100");
    assertThat(fills.getFirst().orderStatus()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    assertThat(fills.getLast().orderStatus()).isEqualTo(OrderStatus.FILLED);
    assertThat(fills)
        .allSatisfy(
            fill -> assertThat(fill.qty().stripTrailingZeros().scale()).isLessThanOrEqualTo(0));
    assertThat(market.order(order).filledQty()).isEqualByComparingTo("100");
  }

  @Test
  void anOrderByAmountBuysFractionsAndKeepsItsQtyUnknown() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var ticket =
        new Ticket(
            "by-amount",
            "AAPL",
            null,
            new BigDecimal("100"),
            Side.BUY,
            OrderType.MARKET,
            TimeInForce.DAY,
            null,
            null,
            false,
            null,
            OrderClass.SIMPLE,
            null);
    var order = market.submit(ALICE, ticket);
    market.passFill();
    assertThat(market.order(order).ticket().qty()).isNull();
    assertThat(market.order(order).filledQty()).isEqualByComparingTo("0.499925011");
    assertThat(market.alice().balance().cash()).isEqualByComparingTo("99900.00");
  }

  @Test
  void aCanceledOrderIsPendingFirst() {
    var market = Market.quiet();
    var order = market.submit(ALICE, limit(Side.BUY, "100.00"));
    market.pass(Duration.ofSeconds(1));
    market.updates();
    market.exchange().cancel(ALICE, market.order(order).id());
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.PENDING_CANCEL);
    market.pass(Duration.ofSeconds(1));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.CANCELED);
    assertThat(market.updates()).extracting(TradeUpdate::event).containsExactly("canceled");
  }

  @Test
  void aFillThatIsFasterThanTheCancelWins() {
    var market = Market.quiet();
    var order = market.trade(Side.BUY, "AAPL", "1");
    market.pass(Duration.ofMillis(15));
    var fill = market.exchange().nextInstant();
    market.pass(Duration.between(market.clock().instant(), fill).minusMillis(10));
    assertThat(market.order(order).isOpen()).isTrue();
    market.exchange().cancel(ALICE, market.order(order).id());
    market.pass(Duration.ofSeconds(1));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(market.updates())
        .extracting(TradeUpdate::event)
        .containsExactly("pending_new", "new", "fill", "order_cancel_rejected");
  }

  @Test
  void cancelingTwiceIsToldOnce() {
    var market = Market.quiet();
    var order = market.submit(ALICE, limit(Side.BUY, "100.00"));
    market.pass(Duration.ofSeconds(1));
    market.updates();
    market.exchange().cancel(ALICE, market.order(order).id());
    market.exchange().cancelNow(ALICE, market.order(order).id());
    market.pass(Duration.ofSeconds(1));
    assertThat(market.updates()).extracting(TradeUpdate::event).containsExactly("canceled");
  }

  @Test
  void whatWasPlannedForAnOrderIsPlannedAgainAfterARestart() {
    var market = Market.of(1);
    market.price("AAPL", "200.00");
    var pending = market.order(market.trade(Side.BUY, "KO", "3")).id();
    var resting = market.order(market.submit(ALICE, limit(Side.BUY, "190.00"))).id();
    var canceled = market.order(market.submit(ALICE, limit(Side.BUY, "100.00"))).id();
    var part = market.order(market.trade(Side.BUY, "SPY", "100")).id();
    var goes = OrderStatus.PARTIALLY_FILLED;
    while (market.alice().order(part).orElseThrow().status() != goes) {
      market.pass(Duration.ofMillis(1));
    }
    market.exchange().cancel(ALICE, canceled);
    market.exchange().cancel(ALICE, part);
    var again = market.restarted();
    again.pass(Duration.ofMillis(1));
    assertThat(status(again, canceled)).isEqualTo(OrderStatus.CANCELED);
    assertThat(status(again, part)).isEqualTo(OrderStatus.CANCELED);
    again.pass(Duration.ofSeconds(30));
    assertThat(status(again, pending)).isEqualTo(OrderStatus.FILLED);
    again.price("AAPL", "189.00");
    again.pass(Duration.ofSeconds(30));
    assertThat(status(again, resting)).isEqualTo(OrderStatus.FILLED);
    assertThat(again.order(again.submit(ALICE, limit(Side.BUY, "101.00"))).isOpen()).isTrue();
    again.pass(Duration.ofHours(7));
    assertThat(again.alice().openOrders()).isEmpty();
  }

  @Test
  void anOrderThatIsOverCannotBeCanceled() {
    var market = Market.quiet();
    var order = market.trade(Side.BUY, "AAPL", "1");
    market.passFill();
    assertThat(market.exchange().cancel(ALICE, market.order(order).id()))
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(42210000));
    assertThat(market.exchange().cancel(ALICE, new UUID(1, 2)))
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused -> assertThat(refused.refusal().status()).isEqualTo(404));
  }

  @Test
  void aLimitOrderWaitsForItsPrice() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var order = market.submit(ALICE, limit(Side.BUY, "190.00"));
    market.pass(Duration.ofMinutes(1));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    market.price("AAPL", "189.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(market.order(order).filledAveragePrice().orElseThrow())
        .isEqualByComparingTo("189.02");
  }

  @Test
  void aLimitOrderWhosePriceIsGoneAgainGoesOnWaiting() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var order = market.submit(ALICE, limit(Side.BUY, "190.00"));
    market.pass(Duration.ofSeconds(1));
    market.price("AAPL", "189.00");
    market.price("AAPL", "195.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    market.price("AAPL", "189.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void aStopOrderWaitsForItsStop() {
    var market = Market.holding("AAPL", "10", "150");
    market.price("AAPL", "200.00");
    var ticket =
        new Ticket(
            "stop",
            "AAPL",
            new BigDecimal("10"),
            null,
            Side.SELL,
            OrderType.STOP,
            TimeInForce.GTC,
            null,
            new BigDecimal("195"),
            false,
            null,
            OrderClass.SIMPLE,
            null);
    var order = market.submit(ALICE, ticket);
    market.pass(Duration.ofMinutes(1));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    market.price("AAPL", "194.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void anImmediateOrderThatCannotTradeIsCanceled() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var ticket =
        new Ticket(
            "ioc",
            "AAPL",
            BigDecimal.ONE,
            null,
            Side.BUY,
            OrderType.LIMIT,
            TimeInForce.IOC,
            new BigDecimal("150"),
            null,
            false,
            null,
            OrderClass.SIMPLE,
            null);
    var order = market.submit(ALICE, ticket);
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void aDayOrderExpiresAtTheClose() {
    var market = Market.quiet();
    var order = market.submit(ALICE, limit(Side.BUY, "100.00"));
    market.pass(Duration.ofHours(5));
    assertThat(market.order(order).isOpen()).isTrue();
    market.pass(Duration.ofHours(2));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(market.order(order).times().expiredAt())
        .isAfter(Instant.parse("2026-11-20T20:59:59Z"));
  }

  @Test
  void theCloseSetsLastEquityAndLastDayPrice() {
    var market = Market.holding("AAPL", "10", "150");
    market.price("AAPL", "200.00");
    market.pass(Duration.ofHours(7));
    market.price("AAPL", "210.00");
    assertThat(market.alice().balance().lastEquity()).isEqualByComparingTo("102000");
    assertThat(market.exchange().prices().mark("AAPL").previousClose()).isEqualByComparingTo("200");
    assertThat(market.exchange().closedOn()).isEqualTo("2026-11-20");
    assertThat(market.exchange().sheet(market.alice()).equity()).isEqualByComparingTo("102100");
  }

  @Test
  void settlingFillsWithoutWaiting() {
    var market = Market.of(1);
    var order = market.trade(Side.BUY, "AAPL", "50");
    market.exchange().settle();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void theSameSeedCommandsAndClockGiveTheSameDay() {
    assertThat(day(11)).isEqualTo(day(11));
    assertThat(day(11)).isNotEqualTo(day(12));
  }

  @Test
  void aDayIsTheSameHoweverOftenTheClockIsLookedAt() {
    var seldom = Market.lively(5);
    var often = Market.lively(5);
    seldom.trade(Side.BUY, "AAPL", "10");
    often.trade(Side.BUY, "AAPL", "10");
    seldom.pass(Duration.ofSeconds(20));
    for (int step = 0; step < 2_000; step++) {
      often.pass(Duration.ofMillis(10));
    }
    var left = seldom.exchange().drain();
    var right = often.exchange().drain();
    assertThat(left.points()).hasSizeGreaterThan(700).isEqualTo(right.points());
    assertThat(left.updates()).isEqualTo(right.updates());
  }

  private static List<Object> day(long seed) {
    var market = Market.lively(seed);
    var seen = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      market.trade(Side.BUY, round % 2 == 0 ? "MSFT" : "KO", "7");
      market.pass(Duration.ofSeconds(3));
      var batch = market.exchange().drain();
      seen.addAll(batch.points());
      seen.addAll(batch.updates());
    }
    return seen;
  }

  private static OrderStatus status(Market market, UUID id) {
    return market.alice().order(id).orElseThrow().status();
  }

  private static Ticket limit(Side side, String price) {
    return new Ticket(
        "limit-" + price,
        "AAPL",
        BigDecimal.TEN,
        null,
        side,
        OrderType.LIMIT,
        TimeInForce.DAY,
        new BigDecimal(price),
        null,
        false,
        null,
        OrderClass.SIMPLE,
        null);
  }
}
