package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.broker.BrokerActivity;
import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.Reports;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/// What the broker tells otherwise than before, and no stream told: busts, corrections, orders that
/// go back, a history that begins anew.
class RetoldOrdersTest extends BoughtTen {
  @Test
  void aBustThatNoStreamToldTakesTheExecutionBack() throws InterruptedException {
    bustAtTheBroker();

    assertThat(compare())
        .containsExactly("ORDER outage", "EXECUTION outage", "POSITION traded", "CASH traded");
    assertThat(order().progress().status()).isEqualTo("canceled");
    assertThat(order().progress().filledQuantity()).isEqualByComparingTo("0");
    assertThat(portfolio().trades())
        .filteredOn(Execution::busted)
        .extracting(Execution::corrects)
        .containsExactly("x1");
    assertThat(account().cash()).isEqualByComparingTo("100000");
    assertThat(compare()).isEmpty();
  }

  @Test
  void aBustThatTheStreamTellsAfterAComparisonFoundItMovesNothing() throws InterruptedException {
    bustAtTheBroker();
    compare();
    var bust = new Amendment("x2", "x1", BigDecimal.ZERO, null, Reports.START.plusSeconds(30));

    book(Reports.amendment("b1", "canceled", "0", bust));

    assertThat(portfolio().positions()).isEmpty();
    assertThat(account().cash()).isEqualByComparingTo("100000");
  }

  /// The stream may tell of a bust before orders and history know it.
  @Test
  void anExecutionThatWasTakenBackIsNotBookedAgainWhileTheBrokersListStillHasIt()
      throws InterruptedException {
    var bust = new Amendment("x2", "x1", BigDecimal.ZERO, null, Reports.START.plusSeconds(30));
    book(Reports.amendment("b1", "canceled", "0", bust));

    compare();

    assertThat(portfolio().trades())
        .extracting(Execution::id)
        .containsExactlyInAnyOrder("x1", "x2");
    bustAtTheBroker();
    compare();
    assertThat(portfolio().positions()).isEmpty();
    assertThat(account().cash()).isEqualByComparingTo("100000");
    assertThat(compare()).isEmpty();
  }

  /// What stands in the place of the first execution is not in the list yet.
  @Test
  void aCorrectionStandsWhileTheBrokersListStillHasWhatItCorrected() throws InterruptedException {
    book(Reports.amendment("b1", "partially_filled", "8", CORRECTION));

    compare();
    compare();
    assertThat(portfolio().trades())
        .extracting(Execution::id)
        .containsExactlyInAnyOrder("x1", "x2");
    correctAtTheBroker();
    compare();

    assertThat(portfolio().trades())
        .extracting(Execution::id)
        .containsExactlyInAnyOrder("x1", "x2");
    assertThat(compare()).isEmpty();
  }

  @Test
  void aCorrectionThatNoStreamToldPutsAnotherExecutionInThePlaceOfTheFirst()
      throws InterruptedException {
    correctAtTheBroker();

    compare();

    assertThat(order().progress().filledQuantity()).isEqualByComparingTo("8");
    assertThat(portfolio().trades())
        .filteredOn(trade -> !trade.busted())
        .extracting(Execution::id)
        .containsExactlyInAnyOrder("x1", "x2");
    assertThat(portfolio().trades())
        .filteredOn(Execution::busted)
        .extracting(Execution::corrects)
        .containsExactly("x1");
    assertThat(compare()).isEmpty();
  }

  @Test
  void aCorrectionThatTheStreamTellsDuringTheReadsExplainsTheAverageThatFollows()
      throws InterruptedException {
    correctAtTheBroker();
    broker.holds("AAPL", "10", "100");
    broker.duringRead = () -> book(Reports.amendment("b1", "partially_filled", "8", CORRECTION));
    compare();
    broker.duringRead = () -> {};
    broker.holds("AAPL", "8", "101");

    assertThat(compare()).contains("ENTRY_PRICE amended");
  }

  /// The broker's history may be behind its orders.
  @Test
  void noExecutionIsTakenBackWhileTheHistoryIsIncomplete() throws InterruptedException {
    broker.orders.put("b1", Reports.fill("b1", "x1", "8", "8", "8", 30));
    broker.fills.clear();

    compare();

    assertThat(portfolio().trades()).extracting(Execution::id).containsExactly("x1");
  }

  /// Its clock was ahead for a while: what it tells later bears an earlier time.
  @Test
  void anOrderGoesBackWhereBothReadsSaySo() throws InterruptedException {
    book(Reports.state("b2", "new", 90));
    broker.orders.put("b2", Reports.state("b2", "rejected", 20));

    assertThat(compare()).containsExactly("ORDER outage");
    assertThat(compare()).isEmpty();
    assertThat(portfolio().orders().values())
        .extracting(order -> order.progress().status())
        .contains("rejected");
  }

  /// Its clock was ahead when it told of the fill: the correction bears an earlier time.
  @Test
  void anAverageIsPutRightWhereBothReadsSaySo() throws InterruptedException {
    var filled = Reports.fill("b1", "x1", "10", "10", "10", 1);
    broker.orders.put("b1", Reports.at(filled, "101"));
    broker.fills.clear();
    broker.filled("x2", "b1", "10", "10");
    broker.fills.replaceAll(fill -> at(fill, "101"));
    broker.holds("AAPL", "10", "101");
    broker.cash = new BigDecimal("98990");

    assertThat(compare()).contains("ORDER outage");
    assertThat(order().progress().filledAveragePrice()).isEqualByComparingTo("101");
    assertThat(compare()).isEmpty();
  }

  private static BrokerFill at(BrokerFill fill, String price) {
    return new BrokerFill(
        fill.cursor(),
        fill.executionId(),
        fill.brokerOrderId(),
        fill.symbol(),
        fill.side(),
        fill.quantity(),
        new BigDecimal(price),
        fill.cumulative(),
        fill.executedAt());
  }

  /// The same quantity at the same price, after what was the same before was taken back.
  @Test
  void whatIsTradedAgainAfterABustIsBookedAgain() {
    var bust = new Amendment("x2", "x1", BigDecimal.ZERO, null, Reports.START.plusSeconds(30));
    book(Reports.amendment("b1", "partially_filled", "0", bust));

    book(Reports.fill("b1", "x3", "10", "10", "10", 70));

    assertThat(portfolio().trades())
        .extracting(Execution::id)
        .containsExactlyInAnyOrder("x1", "x2", "x3");
  }

  /// The execution that the history was read up to was taken back, and its name with it.
  @Test
  void aHistoryThatDoesNotKnowItsPlaceIsReadByTime() throws InterruptedException {
    bustAtTheBroker();
    broker.knowsItsPlaces = true;

    compare();
    broker.fills.add(
        new BrokerFill(
            "2026::x3",
            "x3",
            "b3",
            "MSFT",
            Side.BUY,
            new BigDecimal("10"),
            new BigDecimal("100"),
            new BigDecimal("10"),
            broker.now));
    broker.orders.put("b3", Reports.fill("b3", "x3", "10", "10", "10", 40));

    assertThat(compare()).contains("EXECUTION outage");
  }

  @Test
  void moneyPaidInIsCountedOnceThoughTheHistoryIsReadAgain() throws InterruptedException {
    paidIn("a1");
    broker.cash = new BigDecimal("99500");
    compare();
    assertThat(account().dayFlows()).isEqualByComparingTo("500");
    broker.knowsItsPlaces = true;
    broker.activities.clear();

    paidIn("a1-anew");
    compare();

    assertThat(account().dayFlows()).isEqualByComparingTo("500");
  }

  /// Where fractions of shares were traded too, cash is not the sum to the last decimal.
  @Test
  void moneyPaidInWhileCashMovesIsToldByTheComparisonThatAdoptsIt() throws InterruptedException {
    paidIn("a1");
    broker.cash = new BigDecimal("99500");
    broker.duringRead = () -> broker.cash = broker.cash.add(BigDecimal.ONE);
    assertThat(compare()).isEmpty();
    broker.duringRead = () -> {};
    broker.cash = new BigDecimal("99500.0040");

    assertThat(compare()).containsExactly("CASH transfer");
  }

  private void paidIn(String cursor) {
    broker.activities.add(
        new BrokerActivity(
            cursor,
            BrokerActivity.Kind.TRANSFER,
            null,
            new BigDecimal("500"),
            LocalDate.ofInstant(clock.instant(), Explanations.MARKET)));
  }
}
