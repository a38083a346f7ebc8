package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTypesTest {
  private final Market market = Market.holding("AAPL", "100", "150");

  @Test
  void aStopLimitWaitsForItsStopAndThenForItsLimit() {
    market.price("AAPL", "200.00");
    var order = placed(Tickets.sell("AAPL", "10").stop("190").limit("189.50"));
    market.price("AAPL", "189.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    assertThat(market.order(order).trigger().pulled()).isTrue();
    market.price("AAPL", "191.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void aTrailingStopFollowsTheBestPriceAndNeverBack() {
    market.price("AAPL", "200.00");
    var order = placed(Tickets.sell("AAPL", "10").trailPrice("5"));
    assertThat(market.order(order).trigger().best()).isEqualByComparingTo("200");
    assertThat(market.order(order).trigger().stop()).isEqualByComparingTo("195");
    market.price("AAPL", "210.00");
    market.price("AAPL", "206.00");
    assertThat(market.order(order).trigger().best()).isEqualByComparingTo("210");
    assertThat(market.order(order).trigger().stop()).isEqualByComparingTo("205");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    market.price("AAPL", "205.00");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void aTrailByPercentIsAShareOfTheBestPrice() {
    market.price("KO", "60.00");
    var order = placed(Tickets.buy("KO", "10").trailPercent("2.5"));
    assertThat(market.order(order).trigger().stop()).isEqualByComparingTo("61.50");
    market.price("KO", "58.00");
    assertThat(market.order(order).trigger().stop()).isEqualByComparingTo("59.45");
    market.price("KO", "59.45");
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void aTrailingStopRemembersItsBestPriceOverARestart() {
    market.price("AAPL", "200.00");
    var order = placed(Tickets.sell("AAPL", "10").trailPrice("5"));
    market.price("AAPL", "210.00");
    var again = market.restarted();
    again.price("AAPL", "206.00");
    assertThat(again.order(order).trigger().stop()).isEqualByComparingTo("205");
  }

  /// The broker turns a buy stop into a stop-limit 4 % above a stop below fifty dollars, 2.5 %
  /// above others.
  @ParameterizedTest
  @CsvSource({
    "KO, 40, 39, 41.58, FILLED", "KO, 40, 39, 41.60, NEW",
    "AAPL, 200, 199, 204.96, FILLED", "AAPL, 200, 199, 204.98, NEW"
  })
  void aBuyStopPaysNoMoreThanItsCollar(
      String symbol, String stop, String before, String after, OrderStatus status) {
    var quiet = Market.quiet();
    quiet.price(symbol, before);
    var order = placed(quiet, Tickets.buy(symbol, "10").stop(stop));
    quiet.price(symbol, after);
    quiet.passFill();
    assertThat(quiet.order(order).status()).isEqualTo(status);
  }

  @Test
  void aFillOrKillOrderFillsInOnePart() {
    var parts = Market.of(1);
    parts.price("AAPL", "200.00");
    var order = placed(parts, Tickets.buy("AAPL", "100").limit("201").in(TimeInForce.FOK));
    parts.passFill();
    assertThat(parts.order(order).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(parts.alice().executions()).hasSize(1);
  }

  private UUID placed(Tickets tickets) {
    return placed(market, tickets);
  }

  private static UUID placed(Market market, Tickets tickets) {
    var id = market.order(market.submit(ALICE, tickets.ticket())).id();
    market.pass(Duration.ofMillis(20));
    return id;
  }
}
