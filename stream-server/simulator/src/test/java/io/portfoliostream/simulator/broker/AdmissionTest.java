package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static io.portfoliostream.simulator.testkit.Market.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  @Test
  void aClientOrderIdIsGoodForOneOrderOnly() {
    var market = Market.quiet();
    var ticket = Ticket.market("once", "AAPL", Side.BUY, BigDecimal.ONE);
    market.submit(ALICE, ticket);
    var refusal = refused(market.submit(ALICE, ticket));
    assertThat(refusal.status()).isEqualTo(422);
    assertThat(refusal.code()).isEqualTo(40010001);
    assertThat(refusal.message()).isEqualTo("client_order_id must be unique");
    assertThat(market.submit(BOB, ticket)).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void anOrderThatCostsTooMuchIsForbiddenAndSaysWhatThereIs() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var refusal = refused(market.trade(Side.BUY, "AAPL", "1000"));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.code()).isEqualTo(40310000);
    assertThat(refusal.message()).isEqualTo("insufficient buying power");
    assertThat(refusal.details())
        .containsEntry("buying_power", "200000")
        .containsEntry("cost_basis", "200030");
  }

  @Test
  void anOpenOrderClaimsBuyingPowerUntilItIsOver() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var order = market.trade(Side.BUY, "AAPL", "900");
    assertThat(sheet(market).buyingPower()).isEqualByComparingTo("19973");
    assertThat(refused(market.trade(Side.BUY, "AAPL", "100")).message())
        .isEqualTo("insufficient buying power");
    market.exchange().cancel(ALICE, market.order(order).id());
    market.pass(Duration.ofMillis(100));
    assertThat(sheet(market).buyingPower()).isEqualByComparingTo("200000");
  }

  @Test
  void sharesThatAnOpenOrderSellsCannotBeSoldAgain() {
    var market = Market.holding("AAPL", "10", "150");
    market.price("AAPL", "200.00");
    market.submit(ALICE, limit("a", Side.SELL, "8", "300"));
    var refusal = refused(market.trade(Side.SELL, "AAPL", "3"));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.message())
        .isEqualTo("insufficient qty available for order (requested: 3, available: 2)");
    assertThat(refusal.details())
        .containsEntry("existing_qty", "10")
        .containsEntry("held_for_orders", "8")
        .containsEntry("available", "2")
        .containsEntry("symbol", "AAPL");
    assertThat(market.trade(Side.SELL, "AAPL", "2")).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void oneOrderMayNotTurnALongPositionShort() {
    var market = Market.holding("AAPL", "10", "150");
    assertThat(refused(market.trade(Side.SELL, "AAPL", "11")).message())
        .startsWith("insufficient qty available");
  }

  @Test
  void anAccountThatMayNotShortCannotSellWhatItDoesNotHold() {
    var market = Market.quiet();
    var refusal =
        refused(market.submit(BOB, Ticket.market("s", "AAPL", Side.SELL, BigDecimal.ONE)));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.message()).isEqualTo("account is not allowed to short");
  }

  @Test
  void aShortSaleIsCoveredByABuy() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    var sell = market.trade(Side.SELL, "AAPL", "10");
    market.passFill();
    assertThat(market.order(sell).intent()).isEqualTo(PositionIntent.SELL_TO_OPEN);
    assertThat(market.alice().position("AAPL").qty()).isEqualByComparingTo("-10");
    assertThat(refused(market.trade(Side.BUY, "AAPL", "11")).message())
        .startsWith("insufficient qty available");
    var buy = market.trade(Side.BUY, "AAPL", "10");
    market.passFill();
    assertThat(market.order(buy).intent()).isEqualTo(PositionIntent.BUY_TO_CLOSE);
    assertThat(market.alice().position("AAPL").isFlat()).isTrue();
  }

  @Test
  void fractionsCannotBeSoldShort() {
    assertThat(refused(Market.quiet().trade(Side.SELL, "AAPL", "0.5")).message())
        .isEqualTo("fractional orders cannot be sold short");
  }

  @Test
  void ordersThatCouldMeetEachOtherAreAWashTrade() {
    var market = Market.holding("AAPL", "10", "150");
    market.price("AAPL", "200.00");
    market.submit(ALICE, limit("b", Side.BUY, "5", "190"));
    assertThat(refused(market.trade(Side.SELL, "AAPL", "1")).message())
        .isEqualTo("potential wash trade detected. use complex orders");
    assertThat(refused(market.submit(ALICE, limit("c", Side.SELL, "1", "190"))).details())
        .containsKey("existing_order_id");
    assertThat(market.submit(ALICE, limit("d", Side.SELL, "1", "191")))
        .isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void aPriceBetweenTheGridIsRefused() {
    var market = Market.quiet();
    assertThat(refused(market.submit(ALICE, limit("e", Side.BUY, "1", "190.123"))).message())
        .isEqualTo(
            "invalid limit_price 190.123. sub-penny increment does not fulfill minimum pricing"
                + " criteria");
    assertThat(market.submit(ALICE, limit("f", Side.BUY, "1", "0.1234")))
        .isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void aFractionalOrderIsForTheDay() {
    var ticket = ticket("g", "0.5", null, OrderType.MARKET, TimeInForce.GTC);
    assertThat(refused(Market.quiet().submit(ALICE, ticket)).message())
        .isEqualTo("fractional orders must be DAY orders");
  }

  @Test
  void anAmountBelowADollarIsRefused() {
    var ticket = ticket("h", null, "0.99", OrderType.MARKET, TimeInForce.DAY);
    assertThat(refused(Market.quiet().submit(ALICE, ticket)).message())
        .isEqualTo("notional must be >= 1.00");
  }

  @Test
  void aSymbolThatIsNotListedOrNotTradableIsRefused() {
    var market = Market.quiet();
    assertThat(refused(market.trade(Side.BUY, "NOPE", "1")).status()).isEqualTo(422);
    assertThat(refused(market.trade(Side.BUY, "FAKEPACA", "1")).message())
        .isEqualTo("asset \"FAKEPACA\" is not tradable");
  }

  @Test
  void aRefusedOrderLeavesNoTrace() {
    var market = Market.quiet();
    refused(market.trade(Side.BUY, "NOPE", "1"));
    assertThat(market.alice().orders()).isEmpty();
    assertThat(market.exchange().drain().isEmpty()).isTrue();
  }

  private static AccountSheet sheet(Market market) {
    return market.exchange().sheet(market.alice());
  }

  private static Refusal refused(Submission submission) {
    assertThat(submission).isInstanceOf(Submission.Refused.class);
    return ((Submission.Refused) submission).refusal();
  }

  private static Ticket limit(String id, Side side, String qty, String price) {
    return new Ticket(
        id,
        "AAPL",
        new BigDecimal(qty),
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

  private static Ticket ticket(
      String id,
      @Nullable String qty,
      @Nullable String notional,
      OrderType type,
      TimeInForce timeInForce) {
    return new Ticket(
        id,
        "AAPL",
        qty == null ? null : new BigDecimal(qty),
        notional == null ? null : new BigDecimal(notional),
        Side.BUY,
        type,
        timeInForce,
        null,
        null,
        false,
        null,
        OrderClass.SIMPLE,
        null);
  }
}
