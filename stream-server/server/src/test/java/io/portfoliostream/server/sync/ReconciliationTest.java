package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.portfoliostream.server.broker.BrokerActivity;
import io.portfoliostream.server.ledger.BookingRule;
import io.portfoliostream.server.ledger.Correction;
import io.portfoliostream.server.ledger.Corrections;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.Reports;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.Position;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final OrderBooking orders = new OrderBooking(() -> "order-" + ids.incrementAndGet());
  private final Ledger ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
  private final FakeBroker broker = new FakeBroker();
  private Runnable betweenReads = () -> {};
  private final Reconciliation reconciliation =
      new Reconciliation(
          ledger,
          orders,
          clock,
          pause -> {
            clock.advance(pause);
            betweenReads.run();
          });
  private UserId demo = new UserId("unset");
  private Unmoved unmoved = Unmoved.NOTHING;
  private Optional<Instant> streamedSince = Optional.empty();
  private Runnable settling = () -> {};
  private final Reconciliation.Streamed stream =
      new Reconciliation.Streamed() {
        @Override
        public Optional<Instant> since() {
          return streamedSince;
        }

        @Override
        public BookingRule whileKept(BookingRule rule) {
          return rule;
        }

        @Override
        public void settle() {
          settling.run();
        }
      };

  @BeforeEach
  void aUser() {
    demo = database.user("demo");
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  /// Compares; tells what differed, as `KIND cause`.
  private List<String> compare() throws InterruptedException {
    var outcome = reconciliation.run(demo, broker, stream, unmoved);
    unmoved = outcome.unmoved();
    return outcome.findings().stream()
        .map(found -> found.kind() + " " + found.cause().word())
        .toList();
  }

  private List<Correction> corrections() {
    return new Corrections(database.dataSource()).of(demo, Long.MAX_VALUE, 100);
  }

  private void day(String type, String symbol, String amount) {
    broker.activities.add(
        new BrokerActivity(
            "activity-" + ids.incrementAndGet(),
            BrokerActivity.Kind.valueOf(type),
            symbol.isEmpty() ? null : symbol,
            new BigDecimal(amount),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
  }

  private Portfolio portfolio() {
    return ledger.reads().load(demo);
  }

  private Position held(String symbol) {
    return Optional.ofNullable(portfolio().positions().get(symbol)).orElseThrow();
  }

  private BigDecimal cash() {
    return Optional.ofNullable(portfolio().account()).map(Account::cash).orElseThrow();
  }

  private void tradeBehindOurBack() {
    broker.orders.put("b1", Reports.fill("b1", "x1", "10", "10", "10", 2));
    broker.filled("x1", "b1", "10", "10");
    broker.holds("AAPL", "10", "100");
    broker.cash = new BigDecimal("99000");
  }

  @Test
  void theFirstComparisonAdoptsWhatTheBrokerHas() throws InterruptedException {
    broker.holds("AAPL", "10", "100");
    broker.holds("TSLA", "-3", "300");
    broker.orders.put("b1", Reports.state("b1", "new", 1));

    compare();

    assertThat(portfolio().positions()).hasSize(2);
    assertThat(held("TSLA").quantity()).isEqualByComparingTo("-3");
    assertThat(cash()).isEqualByComparingTo("100000");
    assertThat(portfolio().orders().values()).extracting(o -> o.brokerId()).containsExactly("b1");
  }

  @Test
  void anEqualBrokerChangesNothing() throws InterruptedException {
    broker.holds("AAPL", "10", "100");
    compare();
    var before = portfolio();

    assertThat(compare()).isEmpty();
    assertThat(portfolio()).isEqualTo(before);
  }

  /// A fill that the stream never delivered: order, execution, position and cash in one booking.
  @Test
  void aMissedFillIsBookedWhole() throws InterruptedException {
    compare();
    tradeBehindOurBack();
    var seq = portfolio().seq();

    var found = compare();

    assertThat(found)
        .containsExactly("ORDER outage", "EXECUTION outage", "POSITION traded", "CASH traded");
    assertThat(portfolio().seq()).isEqualTo(seq + 4);
    assertThat(ledger.reads().since(demo, portfolio().epoch(), seq, 500).orElseThrow()).hasSize(1);
    assertThat(cash()).isEqualByComparingTo("99000");
    assertThat(compare()).isEmpty();
  }

  /// The stream delivers, late, what a comparison booked: nothing moves twice.
  @Test
  void aLateReportOfABookedFillChangesNothing() throws InterruptedException {
    compare();
    tradeBehindOurBack();
    compare();

    ledger.book(
        demo,
        Cause.STREAM,
        clock.instant(),
        books -> orders.book(books, Reports.fill("b1", "x1", "10", "10", "10", 2)));

    assertThat(held("AAPL").quantity()).isEqualByComparingTo("10");
    assertThat(cash()).isEqualByComparingTo("99000");
    assertThat(portfolio().trades()).hasSize(1);
  }

  @Test
  void whatTheStreamBooksDuringTheReadsIsLeftAlone() throws InterruptedException {
    compare();
    broker.holds("MSFT", "5", "400");
    betweenReads =
        () ->
            ledger.book(
                demo,
                Cause.STREAM,
                clock.instant(),
                books -> orders.book(books, Reports.fill("b1", "x1", "10", "10", "10", 2)));

    assertThat(compare()).containsExactly("POSITION unexplained");
    assertThat(held("AAPL").quantity()).as("newer than the reads").isEqualByComparingTo("10");
    assertThat(held("MSFT").quantity()).isEqualByComparingTo("5");
    assertThat(cash()).as("newer than the reads").isEqualByComparingTo("99000");
  }

  @Test
  void readsThatDisagreeCorrectNothing() throws InterruptedException {
    compare();
    broker.holds("AAPL", "10", "100");
    broker.cash = new BigDecimal("99000");
    betweenReads =
        () -> {
          broker.holds("AAPL", "20", "100");
          broker.cash = new BigDecimal("98000");
        };

    assertThat(compare()).isEmpty();
    assertThat(portfolio().positions()).isEmpty();
    assertThat(cash()).isEqualByComparingTo("100000");
  }

  @Test
  void aPositionThatIsGoneAtTheBrokerIsClosed() throws InterruptedException {
    broker.holds("AAPL", "10", "100");
    compare();
    broker.positions.clear();

    assertThat(compare()).containsExactly("POSITION unexplained");
    assertThat(portfolio().positions()).isEmpty();
  }

  /// A fill that the stream should have delivered is the stream's fault, one from before it was
  /// connected is not.
  @Test
  void whatHappenedWhileTheStreamWasUpWasMissed() throws InterruptedException {
    compare();
    streamedSince = Optional.of(broker.now.minusSeconds(60));
    tradeBehindOurBack();

    assertThat(compare()).contains("EXECUTION missed");
    assertThat(corrections())
        .extracting(Correction::kind, Correction::cause, Correction::isDrift)
        .contains(tuple("execution", "missed", true), tuple("cash", "traded", false));
  }

  @Test
  void aCorrectionTellsWhatWasAndWhatBecame() throws InterruptedException {
    broker.holds("AAPL", "10", "100");
    compare();
    broker.holds("AAPL", "7", "100");

    compare();

    assertThat(corrections())
        .singleElement()
        .satisfies(correction -> {
          assertThat(correction.subject()).isEqualTo("AAPL");
          assertThat(correction.was()).isEqualTo("10");
          assertThat(correction.became()).isEqualTo("7");
          assertThat(correction.seq()).isEqualTo(portfolio().seq());
        });
  }

  @Test
  void moneyPaidInIsNoDriftAndNoProfitOfTheDay() throws InterruptedException {
    compare();
    day("TRANSFER", "", "2500");
    broker.cash = new BigDecimal("102500");

    assertThat(compare()).containsExactly("CASH transfer");
    assertThat(Optional.ofNullable(portfolio().account()).map(Account::dayFlows).orElseThrow())
        .isEqualByComparingTo("2500");

    clock.advance(Duration.ofDays(1));
    assertThat(compare()).isEmpty();
    assertThat(Optional.ofNullable(portfolio().account()).map(Account::dayFlows).orElseThrow())
        .as("the next day begins with what is there")
        .isEqualByComparingTo("0");
  }

  @Test
  void aSplitIsNoDrift() throws InterruptedException {
    broker.holds("AAPL", "10", "100");
    compare();
    day("CORPORATE_ACTION", "AAPL", "0");
    broker.holds("AAPL", "20", "50");

    assertThat(compare()).containsExactly("POSITION corporate_action");
    assertThat(held("AAPL").averageEntryPrice()).isEqualByComparingTo("50");
  }

  @Test
  void aFeeInCoinIsNoDrift() throws InterruptedException {
    broker.holds("BTC/USD", "0.5", "60000");
    compare();
    day("COIN_FEE", "BTC/USD", "0");
    broker.holds("BTC/USD", "0.49875", "60000");

    assertThat(compare()).containsExactly("POSITION fee");
  }

  /// The broker computes averages anew at night; by day the same change is a fault.
  @Test
  void anAveragePriceThatChangesOvernightIsNoDrift() throws InterruptedException {
    broker.holds("AAPL", "10", "100");
    compare();
    broker.holds("AAPL", "10", "101");
    assertThat(compare()).containsExactly("ENTRY_PRICE unexplained");

    clock.advance(Duration.ofDays(1));
    broker.holds("AAPL", "10", "102");

    assertThat(compare()).containsExactly("ENTRY_PRICE overnight");
  }

  @Test
  void moneyThatNothingExplainsIsDrift() throws InterruptedException {
    compare();
    day("TRANSFER", "", "2500");
    broker.cash = new BigDecimal("99999");

    assertThat(compare()).containsExactly("CASH unexplained");
  }

  /// What the stream delivered before the second read is booked before the comparison judges.
  @Test
  void whatTheStreamDeliveredIsBookedBeforeTheComparisonJudges() throws InterruptedException {
    compare();
    tradeBehindOurBack();
    settling =
        () ->
            ledger.book(
                demo,
                Cause.STREAM,
                clock.instant(),
                books -> orders.book(books, Reports.fill("b1", "x1", "10", "10", "10", 2)));

    assertThat(compare()).isEmpty();
    assertThat(portfolio().trades()).hasSize(1);
    assertThat(cash()).isEqualByComparingTo("99000");
  }

  /// A missed execution is found while the stream moves the same position: what the reads tell of
  /// position and cash cannot be believed yet, so another comparison has to follow soon.
  @Test
  void whatMovedDuringTheReadsIsLeftToAnotherComparison() throws InterruptedException {
    compare();
    tradeBehindOurBack();
    settling =
        () ->
            ledger.book(
                demo,
                Cause.STREAM,
                clock.instant(),
                books -> orders.book(books, Reports.fill("b2", "x2", "5", "5", "5", 3)));

    assertThat(compare()).containsExactly("ORDER outage", "EXECUTION outage");
    assertThat(unmoved.isUrgent()).isTrue();
    settling = () -> {};
    broker.orders.put("b2", Reports.fill("b2", "x2", "5", "5", "5", 3));
    broker.filled("x2", "b2", "5", "5");
    broker.holds("AAPL", "15", "100");
    broker.cash = new BigDecimal("98500");

    assertThat(compare()).containsExactly("POSITION traded", "CASH traded");
    assertThat(unmoved.isUrgent()).isFalse();
    assertThat(held("AAPL").quantity()).isEqualByComparingTo("15");
    assertThat(cash()).isEqualByComparingTo("98500");
  }

  @Test
  void theFirstComparisonTellsWhoseThePortfolioIs() throws InterruptedException {
    compare();
    assertThat(ledger.accountNumber(demo)).contains("PA1");
    broker.number = "PA2";

    compare();

    assertThat(ledger.accountNumber(demo)).contains("PA1");
  }

  /// A fraction of a share is worth a fraction of a cent: that is rounding and no fault.
  @Test
  void cashThatDiffersByLessThanACentIsNoDrift() throws InterruptedException {
    compare();
    broker.cash = new BigDecimal("99999.9950");

    assertThat(compare()).containsExactly("CASH traded");
  }
}
