package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.Reports;
import io.portfoliostream.server.portfolio.Execution;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the broker tells otherwise than before of orders that it does not list any more: its list
/// goes by their submission, not by their change.
class RetoldOldOrdersTest extends BoughtTen {
  private void anHourPasses() throws InterruptedException {
    clock.advance(Duration.ofHours(1));
    assertThat(compare()).isEmpty();
  }

  @Test
  void aBustThatNoStreamToldIsFoundThoughItsOrderIsOld() throws InterruptedException {
    anHourPasses();
    bustAtTheBroker();

    assertThat(compare())
        .containsExactly("ORDER outage", "EXECUTION outage", "POSITION traded", "CASH traded");
  }

  /// Positions and cash follow the broker's before its list is complete.
  @Test
  void aBustOfAnOldOrderIsFoundThoughTheListIsNotComplete() throws InterruptedException {
    anHourPasses();
    bustAtTheBroker();
    broker.filled("x1", "b1", "10", "10");
    compare();
    assertThat(portfolio().positions()).isEmpty();
    broker.fills.clear();

    assertThat(compare()).containsExactly("EXECUTION outage");
  }

  @Test
  void aCorrectionThatNoStreamToldIsFoundThoughItsOrderIsOld() throws InterruptedException {
    anHourPasses();
    correctAtTheBroker();

    compare();

    assertThat(order().progress().filledQuantity()).isEqualByComparingTo("8");
    assertThat(portfolio().trades())
        .filteredOn(Execution::busted)
        .extracting(Execution::corrects)
        .containsExactly("x1");
  }

  /// When the bust was told there was nothing to take back.
  @Test
  void anExecutionThatIsToldAfterItsBustIsTakenBack() throws InterruptedException {
    book(Reports.state("b2", "new", 1));
    broker.orders.put("b2", Reports.state("b2", "new", 1));
    anHourPasses();
    var bust = new Amendment("x10", "x9", BigDecimal.ZERO, null, Reports.START.plusSeconds(60));
    book(Reports.amendment("b2", "canceled", "0", bust));
    broker.orders.put("b2", Reports.state("b2", "canceled", 60));
    assertThat(compare()).isEmpty();

    book(Reports.fill("b2", "x9", "5", "5", "10", 1));
    broker.cash = account().cash();

    assertThat(compare()).containsExactly("EXECUTION outage");
    assertThat(compare()).isEmpty();
  }
}
