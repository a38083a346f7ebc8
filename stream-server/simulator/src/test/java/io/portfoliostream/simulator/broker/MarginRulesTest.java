package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What accounts of each kind may do, and the figures that follow.
class MarginRulesTest {

  @ParameterizedTest
  @CsvSource({"1, 100000", "2, 200000", "4, 400000"})
  void aFreshAccountMaySpendItsMoneyTimesItsMultiplier(int multiplier, BigDecimal power) {
    var market = Market.quiet();
    market.exchange().choose(ALICE, settings(multiplier, false));
    assertThat(sheet(market).buyingPower()).isEqualByComparingTo(power);
  }

  /// 100 shares bought at 200.03 stand at 200.00: half of 20,000 is bound at first, 30 % later.
  @ParameterizedTest
  @CsvSource({"1, 79997.00", "2, 179994.00", "4, 375988.00"})
  void aPositionBindsMarginByTheMultiplier(int multiplier, BigDecimal power) {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    market.exchange().choose(ALICE, settings(multiplier, false));
    market.trade(Side.BUY, "AAPL", "100");
    market.passFill();
    assertThat(sheet(market).equity()).isEqualByComparingTo("99997");
    assertThat(sheet(market).initialMargin()).isEqualByComparingTo("10000");
    assertThat(sheet(market).maintenanceMargin()).isEqualByComparingTo("6000");
    assertThat(sheet(market).buyingPower()).isEqualByComparingTo(power);
  }

  @Test
  void aShortPositionBindsMarginToo() {
    var market = Market.quiet();
    market.price("AAPL", "200.00");
    market.trade(Side.SELL, "AAPL", "100");
    market.passFill();
    assertThat(sheet(market).shortMarketValue()).isEqualByComparingTo("-20000");
    assertThat(sheet(market).cash()).isEqualByComparingTo("119997");
    assertThat(sheet(market).equity()).isEqualByComparingTo("99997");
    assertThat(sheet(market).maintenanceMargin()).isEqualByComparingTo("6000");
    assertThat(sheet(market).overnightBuyingPower()).isEqualByComparingTo("179994");
  }

  @Test
  void aCashAccountAndOneThatChoseSoDoNotShort() {
    var market = Market.quiet();
    market.exchange().choose(ALICE, settings(1, false));
    assertThat(refused(market, Tickets.sell("AAPL", "1")))
        .isEqualTo("account is not allowed to short");
    market.exchange().choose(ALICE, settings(2, true));
    assertThat(refused(market, Tickets.sell("AAPL", "1")))
        .isEqualTo("account is not allowed to short");
    market.exchange().choose(ALICE, settings(2, false));
    assertThat(market.trade(Side.SELL, "AAPL", "1")).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void anAccountWithLessThanTwoThousandDollarsMayNotBorrow() {
    var market = Market.quiet();
    market.exchange().backOffice().transfer(ALICE, new BigDecimal("-98000.01"));
    assertThat(sheet(market).buyingPower()).isEqualByComparingTo("1999.99");
    assertThat(refused(market, Tickets.sell("KO", "1")))
        .isEqualTo("account is not allowed to short");
    market.exchange().backOffice().transfer(ALICE, new BigDecimal("0.01"));
    assertThat(sheet(market).buyingPower()).isEqualByComparingTo("4000");
  }

  @Test
  void whatIsHardToBorrowIsNotSoldShort() {
    assertThat(refused(Market.quiet(), Tickets.sell("CRM", "1")))
        .isEqualTo("asset \"CRM\" cannot be sold short");
  }

  @Test
  void whatIsNotFractionableIsTradedInWholeShares() {
    assertThat(refused(Market.quiet(), Tickets.buy("ORCL", "0.5")))
        .isEqualTo("asset \"ORCL\" is not fractionable");
    assertThat(Market.quiet().trade(Side.BUY, "ORCL", "1")).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void anAccountThatIsSuspendedTakesNoOrders() {
    var market = Market.quiet();
    market.exchange().choose(ALICE, new AccountSettings(null, false, true, true, "all"));
    assertThat(refused(market, Tickets.buy("AAPL", "1")))
        .isEqualTo("trading is suspended by the user");
  }

  @Test
  void aCoinIsPaidInFullAndItsFeeIsTakenInTheCoin() {
    var market = Market.quiet();
    market.price("BTC/USD", "60000.00");
    var order =
        market.order(
            market.submit(ALICE, Tickets.buy("BTC/USD", "0.4").in(TimeInForce.GTC).ticket()));
    market.passFill();
    var execution = market.alice().executions().firstEntry();
    assertThat(execution).isNotNull();
    assertThat(market.order(order.id()).filledQty()).isEqualByComparingTo("0.4");
    assertThat(execution.getValue().qty()).isEqualByComparingTo("0.4");
    assertThat(execution.getValue().positionQty()).isEqualByComparingTo("0.399");
    assertThat(market.alice().position("BTC/USD").qty()).isEqualByComparingTo("0.399");
    assertThat(market.alice().entries().values())
        .singleElement()
        .satisfies(fee -> assertThat(fee.type()).isEqualTo("CFEE"))
        .satisfies(fee -> assertThat(fee.qty()).isEqualByComparingTo("-0.001"));
    assertThat(sheet(market).initialMargin()).isEqualByComparingTo("23940");
    assertThat(refused(market, Tickets.buy("BTC/USD", "1.3").in(TimeInForce.GTC)))
        .isEqualTo("insufficient buying power");
    assertThat(refused(market, Tickets.sell("BTC/USD", "0.4").in(TimeInForce.GTC)))
        .startsWith("insufficient qty available");
    market.submit(ALICE, Tickets.sell("BTC/USD", "0.399").in(TimeInForce.GTC).ticket());
    market.passFill();
    assertThat(market.alice().position("BTC/USD").isFlat()).isTrue();
  }

  @Test
  void coinsTradeAtTheWeekendAndByTheirOwnRules() {
    var market = Market.inSessions(Instant.parse("2026-11-21T15:00:00Z"));
    assertThat(refused(market, Tickets.buy("ETH/USD", "1")))
        .isEqualTo("invalid crypto time_in_force");
    assertThat(refused(market, Tickets.buy("ETH/USD", "1").stop("9000").in(TimeInForce.GTC)))
        .isEqualTo("invalid order type for crypto order");
    assertThat(refused(market, Tickets.buy("ETH/USD", "0.000001").in(TimeInForce.GTC)))
        .startsWith("qty must be >=");
    assertThat(refused(market, Tickets.sell("ETH/USD", "1").in(TimeInForce.GTC)))
        .startsWith("insufficient qty available");
    var order =
        market.order(
            market.submit(ALICE, Tickets.buy("ETH/USD", "1").in(TimeInForce.GTC).ticket()));
    market.passFill();
    assertThat(market.order(order.id()).status()).isEqualTo(OrderStatus.FILLED);
  }

  private static AccountSettings settings(int multiplier, boolean noShorting) {
    return new AccountSettings(multiplier, noShorting, false, true, "all");
  }

  private static AccountSheet sheet(Market market) {
    return market.exchange().sheet(market.alice());
  }

  private static String refused(Market market, Tickets tickets) {
    var submission = market.submit(ALICE, tickets.ticket());
    assertThat(submission).isInstanceOf(Submission.Refused.class);
    return ((Submission.Refused) submission).refusal().message();
  }
}
