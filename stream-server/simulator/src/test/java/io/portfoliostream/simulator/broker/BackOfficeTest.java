package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BackOfficeTest {
  private final Market market = Market.quiet();

  @Test
  void aBustTakesThePositionAndTheMoneyBack() {
    market.price("AAPL", "200.00");
    var order = filled(Tickets.buy("AAPL", "10"));
    var bad = market.alice().executions().lastEntry();
    market.updates();
    office().bust(Objects.requireNonNull(bad).getKey());
    assertThat(market.alice().position("AAPL").isFlat()).isTrue();
    assertThat(cash()).isEqualByComparingTo("100000");
    assertThat(market.order(order).filledQty()).isEqualByComparingTo("0");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.CANCELED);
    var update = market.updates().getFirst();
    assertThat(update.event()).isEqualTo("trade_bust");
    assertThat(update.reason()).isEqualTo("TRADE_BUST");
    var execution = Objects.requireNonNull(update.execution());
    assertThat(execution.previousId()).isEqualTo(bad.getKey());
    assertThat(execution.id()).isNotEqualTo(bad.getKey());
  }

  @Test
  void whatIsLeftAfterABustCostWhatTheOtherTradesCost() {
    market.price("AAPL", "200.00");
    filled(Tickets.buy("AAPL", "10"));
    market.price("AAPL", "300.00");
    filled(Tickets.buy("AAPL", "10"));
    office().bust(market.alice().executions().sequencedKeySet().getLast());
    assertThat(market.alice().position("AAPL").qty()).isEqualByComparingTo("10");
    assertThat(market.alice().position("AAPL").averageEntryPrice()).isEqualByComparingTo("200.03");
    assertThat(cash()).isEqualByComparingTo("97999.70");
  }

  @Test
  void aCorrectionSetsQuantityPriceAndMoneyRight() {
    market.price("AAPL", "200.00");
    var order = filled(Tickets.buy("AAPL", "10"));
    var bad = market.alice().executions().sequencedKeySet().getLast();
    market.updates();
    office().correct(bad, new BigDecimal("9"), new BigDecimal("199.50"));
    assertThat(market.alice().position("AAPL").qty()).isEqualByComparingTo("9");
    assertThat(market.alice().position("AAPL").averageEntryPrice()).isEqualByComparingTo("199.50");
    assertThat(cash()).isEqualByComparingTo("98204.50");
    assertThat(market.order(order).filledQty()).isEqualByComparingTo("9");
    assertThat(market.order(order).filledAveragePrice().orElseThrow())
        .isEqualByComparingTo("199.50");
    assertThat(market.events()).containsExactly("trade_correct");
  }

  @Test
  void anExecutionIsAmendedOnlyOnceButItsCorrectionMayBeBusted() {
    market.price("AAPL", "200.00");
    filled(Tickets.buy("AAPL", "10"));
    var bad = market.alice().executions().sequencedKeySet().getLast();
    var right = office().correct(bad, new BigDecimal("10"), new BigDecimal("199"));
    assertThatThrownBy(() -> office().bust(bad)).hasMessageContaining("amended already");
    office().bust(right.id());
    assertThat(cash()).isEqualByComparingTo("100000");
    assertThatThrownBy(() -> office().bust(new UUID(1, 1))).hasMessageContaining("no such");
    assertThatThrownBy(() -> office().correct(right.id(), BigDecimal.ZERO, BigDecimal.ONE))
        .hasMessageContaining("positive");
  }

  @Test
  void moneyThatIsTransferredChangesCashAndNothingIsTold() {
    market.updates();
    office().transfer(ALICE, new BigDecimal("250.50"));
    office().transfer(ALICE, new BigDecimal("-50.50"));
    assertThat(cash()).isEqualByComparingTo("100200");
    assertThat(market.alice().entries().values())
        .extracting(Entry::type)
        .containsExactly("CSD", "CSW");
    assertThat(market.events()).isEmpty();
    assertThatThrownBy(() -> office().transfer(ALICE, new BigDecimal("0.001")))
        .hasMessageContaining("cents");
  }

  @Test
  void aTradeMadeElsewhereIsTakenUpInSilence() {
    market.price("AAPL", "200.00");
    market.updates();
    office().moveElsewhere(ALICE, "AAPL", new BigDecimal("3"), new BigDecimal("190"), false);
    assertThat(market.alice().position("AAPL").qty()).isEqualByComparingTo("3");
    assertThat(cash()).isEqualByComparingTo("99430");
    assertThat(market.alice().executions()).isEmpty();
    office().moveElsewhere(ALICE, "AAPL", new BigDecimal("-1"), new BigDecimal("210"), true);
    assertThat(market.alice().executions()).hasSize(1);
    assertThat(cash()).isEqualByComparingTo("99640");
    assertThat(market.events()).isEmpty();
  }

  @Test
  void aSplitKeepsTheValueAndCancelsOpenOrders() {
    var holding = Market.holding("AAPL", "10", "150");
    holding.price("AAPL", "200.00");
    var sale =
        holding.order(holding.submit(ALICE, Tickets.sell("AAPL", "5").limit("300").ticket()));
    holding.pass(Duration.ofSeconds(1));
    var equity = holding.exchange().sheet(holding.alice()).equity();
    holding.updates();
    holding.exchange().backOffice().split("AAPL", new BigDecimal("4"));
    var position = holding.alice().position("AAPL");
    assertThat(position.qty()).isEqualByComparingTo("40");
    assertThat(position.averageEntryPrice()).isEqualByComparingTo("37.5");
    assertThat(holding.exchange().prices().mark("AAPL").last()).isEqualByComparingTo("50");
    assertThat(holding.exchange().sheet(holding.alice()).equity()).isEqualByComparingTo(equity);
    var update = holding.updates().getFirst();
    assertThat(update.order().id()).isEqualTo(sale.id());
    assertThat(update.event()).isEqualTo("canceled");
    assertThat(update.reason()).isEqualTo("CORPORATE_ACTION");
  }

  @Test
  void anOrderCanBeInterruptedTakenUpAgainRestatedAndRejected() {
    market.price("AAPL", "200.00");
    var order = placed(Tickets.buy("AAPL", "10").limit("150"));
    market.pass(Duration.ofSeconds(1));
    market.updates();
    office().interrupt(ALICE, order, OrderStatus.SUSPENDED);
    market.price("AAPL", "149.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.SUSPENDED);
    market.price("AAPL", "200.00");
    office().takeUp(ALICE, order);
    office().restate(ALICE, order);
    office().reject(ALICE, order);
    assertThat(market.events()).containsExactly("suspended", "new", "restated", "rejected");
    assertThat(market.order(order).times().failedAt()).isNotNull();
    assertThatThrownBy(() -> office().reject(ALICE, order)).hasMessageContaining("is over");
  }

  @Test
  void ordersOfAHaltedSymbolWaitUntilItTradesAgain() {
    market.price("AAPL", "200.00");
    market.exchange().halt("AAPL", "T1");
    var order = placed(Tickets.buy("AAPL", "10"));
    market.pass(Duration.ofMinutes(5));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    var again = market.restarted();
    again.pass(Duration.ofMinutes(5));
    assertThat(again.order(order).status()).isEqualTo(OrderStatus.NEW);
    again.exchange().resume("AAPL");
    again.passFill();
    assertThat(again.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void whatTheBackOfficeDidSurvivesARestart() {
    market.price("AAPL", "200.00");
    filled(Tickets.buy("AAPL", "10"));
    office().bust(market.alice().executions().sequencedKeySet().getLast());
    office().transfer(ALICE, new BigDecimal("12.34"));
    var again = market.restarted();
    assertThat(again.exchange().state().accounts()).isEqualTo(market.exchange().state().accounts());
  }

  private BackOffice office() {
    return market.exchange().backOffice();
  }

  private BigDecimal cash() {
    return market.alice().balance().cash();
  }

  private UUID filled(Tickets tickets) {
    var id = placed(tickets);
    market.passFill();
    return id;
  }

  private UUID placed(Tickets tickets) {
    return market.order(market.submit(ALICE, tickets.ticket())).id();
  }
}
