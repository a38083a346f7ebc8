package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random days of trading, after each of which the invariants of orders must hold. A failing seed
/// is in the test's name and is repeated with `-Dtest.seed=`.
class RandomDaysTest {
  private static final List<String> SYMBOLS = List.of("AAPL", "KO", "F", "SPY");

  static LongStream seeds() {
    var only = Long.getLong("test.seed");
    return only == null ? LongStream.range(0, 40) : LongStream.of(only);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ordersPositionsAndCashAgreeWithTheExecutions(long seed) {
    var random = new Random(seed);
    var market = Market.lively(seed);
    var seen = new Seen();
    for (int step = 0; step < 150; step++) {
      act(market, random);
      market.pass(Duration.ofMillis(random.nextInt(600)));
      market.updates().forEach(seen::accept);
    }
    market.exchange().settle();
    market.updates().forEach(seen::accept);
    seen.agreesWith(market.alice());
  }

  private static void act(Market market, Random random) {
    var open = market.alice().openOrders();
    if (!open.isEmpty() && random.nextInt(4) == 0) {
      market.exchange().cancel(ALICE, open.get(random.nextInt(open.size())).id());
      return;
    }
    var symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
    var side = random.nextBoolean() ? Side.BUY : Side.SELL;
    boolean limit = random.nextInt(3) == 0;
    var last = market.exchange().prices().mark(symbol).last();
    var price =
        last.multiply(BigDecimal.valueOf(random.nextInt(995, 1006), 3))
            .setScale(2, RoundingMode.HALF_UP);
    market.submit(
        ALICE,
        new Ticket(
            market.nextId(),
            symbol,
            BigDecimal.valueOf(random.nextInt(1, 30)),
            null,
            side,
            limit ? OrderType.LIMIT : OrderType.MARKET,
            TimeInForce.DAY,
            limit ? price : null,
            null,
            false,
            null,
            OrderClass.SIMPLE,
            null));
  }

  /// What a client that hears everything would know.
  private static final class Seen {
    private final Map<UUID, Order> orders = new LinkedHashMap<>();
    private final Map<UUID, BigDecimal> filled = new LinkedHashMap<>();
    private final Map<UUID, BigDecimal> value = new LinkedHashMap<>();
    private final Map<String, BigDecimal> positions = new LinkedHashMap<>();
    private final Set<UUID> executions = new HashSet<>();
    private final Set<UUID> ended = new HashSet<>();
    private BigDecimal cash = AccountBook.OPENING_DEPOSIT;
    private String lastEventId = "";

    void accept(TradeUpdate update) {
      assertThat(update.eventId()).isGreaterThan(lastEventId);
      lastEventId = update.eventId();
      var order = update.order();
      var before = orders.put(order.id(), order);
      if (before != null) {
        assertThat(order.filledQty()).isGreaterThanOrEqualTo(before.filledQty());
      }
      if (update.event().equals("order_cancel_rejected")) {
        return;
      }
      assertThat(ended).as("nothing follows the end of an order").doesNotContain(order.id());
      if (!order.isOpen()) {
        ended.add(order.id());
      }
      if (update.execution() != null) {
        book(update.execution());
      }
    }

    private void book(Execution execution) {
      assertThat(executions.add(execution.id())).isTrue();
      var signed = execution.side() == Side.BUY ? execution.qty() : execution.qty().negate();
      filled.merge(execution.orderId(), execution.qty(), BigDecimal::add);
      value.merge(
          execution.orderId(), execution.qty().multiply(execution.price()), BigDecimal::add);
      var position = positions.merge(execution.symbol(), signed, BigDecimal::add);
      assertThat(position).isEqualByComparingTo(execution.positionQty());
      cash = cash.subtract(signed.multiply(execution.price()).setScale(2, RoundingMode.HALF_UP));
    }

    void agreesWith(AccountBook book) {
      assertThat(executions).hasSizeGreaterThan(10);
      assertThat(book.balance().cash()).isEqualByComparingTo(cash);
      positions.forEach(
          (symbol, qty) -> assertThat(book.position(symbol).qty()).isEqualByComparingTo(qty));
      for (var order : book.orders().values()) {
        var total = filled.getOrDefault(order.id(), BigDecimal.ZERO);
        assertThat(order.filledQty()).isEqualByComparingTo(total);
        assertThat(order.filledQty()).isLessThanOrEqualTo(order.ticket().qty());
        order
            .filledAveragePrice()
            .ifPresent(average ->
                assertThat(average)
                    .isEqualByComparingTo(
                        value
                            .getOrDefault(order.id(), BigDecimal.ZERO)
                            .divide(total, 9, RoundingMode.HALF_UP)));
        assertThat(order.status() == OrderStatus.FILLED)
            .isEqualTo(order.remainingQty().orElseThrow().signum() == 0);
      }
    }
  }
}
