package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.broker.BrokerActivity;
import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.ledger.BookingRule;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.Reports;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.Side;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the broker tells otherwise than before, and no stream told: busts, corrections, orders that
/// go back, a history that begins anew.
class RetoldOrdersTest {
  private static final Amendment CORRECTION =
      new Amendment("x2", "x1", new BigDecimal("8"), null, Reports.START.plusSeconds(30));

  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final OrderBooking orders = new OrderBooking(() -> "order-" + ids.incrementAndGet());
  private final Ledger ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
  private final FakeBroker broker = new FakeBroker();
  private final Reconciliation reconciliation =
      new Reconciliation(ledger, orders, clock, clock::advance);
  private final Reconciliation.Streamed stream =
      new Reconciliation.Streamed() {
        @Override
        public Optional<Instant> since() {
          return Optional.empty();
        }

        @Override
        public BookingRule whileKept(BookingRule rule) {
          return rule;
        }

        @Override
        public void settle() {}
      };
  private UserId demo = new UserId("unset");
  private Unmoved unmoved = Unmoved.NOTHING;

  @BeforeEach
  void aUserWhoBoughtTen() throws InterruptedException {
    demo = database.user("demo");
    compare();
    book(Reports.fill("b1", "x1", "10", "10", "10", 2));
    broker.orders.put("b1", Reports.fill("b1", "x1", "10", "10", "10", 2));
    broker.filled("x1", "b1", "10", "10");
    broker.holds("AAPL", "10", "100");
    broker.cash = new BigDecimal("99000");
    assertThat(compare()).isEmpty();
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private List<String> compare() throws InterruptedException {
    var outcome = reconciliation.run(demo, broker, stream, unmoved);
    unmoved = outcome.unmoved();
    return outcome.findings().stream()
        .map(found -> found.kind() + " " + found.cause().word())
        .toList();
  }

  private void book(OrderReport report) {
    ledger.book(demo, Cause.STREAM, clock.instant(), books -> orders.book(books, report));
  }

  private Portfolio portfolio() {
    return ledger.reads().load(demo);
  }

  private Order order() {
    return portfolio().orders().values().iterator().next();
  }

  private Account account() {
    return Optional.ofNullable(portfolio().account()).orElseThrow();
  }

  private void bustAtTheBroker() {
    broker.orders.put("b1", Reports.state("b1", "canceled", 30));
    broker.fills.clear();
    broker.positions.clear();
    broker.cash = new BigDecimal("100000");
  }

  private void correctAtTheBroker() {
    broker.orders.put("b1", Reports.fill("b1", "x2", "8", "8", "8", 30));
    broker.fills.clear();
    broker.filled("x2", "b1", "8", "8");
    broker.holds("AAPL", "8", "100");
    broker.cash = new BigDecimal("99200");
  }

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
