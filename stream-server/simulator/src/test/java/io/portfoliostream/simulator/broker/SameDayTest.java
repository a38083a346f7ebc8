package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A whole trading day, from the open to the close, with a script of orders: the same seed gives
/// the same trades and the same fills.
class SameDayTest {
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final int STEPS = 780;

  private record Day(List<Object> trades, List<TradeUpdate> updates) {}

  @Test
  void twoDaysOfOneSeedAreOneAndTheSame() {
    var one = day(7);
    var two = day(7);
    assertThat(one.trades()).hasSizeGreaterThan(50_000).isEqualTo(two.trades());
    assertThat(one.updates()).hasSizeGreaterThan(400).isEqualTo(two.updates());
    assertThat(one.updates())
        .extracting(TradeUpdate::event)
        .contains("fill", "partial_fill", "canceled", "replaced", "expired", "held");
  }

  @Test
  void anotherSeedIsAnotherDay() {
    var one = day(7);
    var two = day(8);
    assertThat(one.trades()).isNotEqualTo(two.trades());
    assertThat(one.updates()).isNotEqualTo(two.updates());
  }

  private static Day day(long seed) {
    var market = Market.trading(seed, 3);
    var trades = new ArrayList<Object>();
    var updates = new ArrayList<TradeUpdate>();
    for (int step = 0; step < STEPS; step++) {
      act(market, step);
      market.pass(STEP);
      var batch = market.exchange().drain();
      trades.addAll(batch.points());
      updates.addAll(batch.updates());
    }
    return new Day(trades, updates);
  }

  /// The script: the same commands at the same times whatever the market does.
  private static void act(Market market, int step) {
    var id = "script-" + step;
    var symbol = List.of("AAPL", "KO", "SPY", "JPM").get(step % 4);
    switch (step % 6) {
      case 0 -> submit(market, Tickets.buy(symbol, "20").id(id));
      case 1 -> submit(market, Tickets.sell(symbol, "7").id(id));
      case 2 -> submit(market, Tickets.buy(symbol, "3").limit("10").id(id));
      case 3 -> submit(market, Tickets.buy("F", "5").exits(OrderClass.BRACKET, "40", "2").id(id));
      case 4 -> simple(market).findFirst().ifPresent(order -> replace(market, order, id));
      default ->
          simple(market)
              .skip(1)
              .findFirst()
              .ifPresent(order -> market.exchange().cancel(ALICE, order.id()));
    }
  }

  private static Stream<Order> simple(Market market) {
    return market.alice().openOrders().stream()
        .filter(order -> order.ticket().orderClass() == OrderClass.SIMPLE);
  }

  private static void submit(Market market, Tickets tickets) {
    var _ = market.submit(ALICE, tickets.ticket());
  }

  private static void replace(Market market, Order order, String id) {
    var qty = order.ticket().qty();
    if (qty != null) {
      var more = qty.add(BigDecimal.ONE);
      market.exchange().replace(ALICE, order.id(), new Change(more, null, null, null, null, id));
    }
  }
}
