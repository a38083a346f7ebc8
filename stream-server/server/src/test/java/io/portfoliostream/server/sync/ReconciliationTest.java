package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
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

  @BeforeEach
  void aUser() {
    demo = database.user("demo");
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private Map<Difference, Integer> compare() throws InterruptedException {
    return reconciliation.run(demo, broker).differences();
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

    assertThat(found).containsOnlyKeys(Difference.EXECUTION, Difference.POSITION, Difference.CASH);
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

    assertThat(compare()).containsOnlyKeys(Difference.POSITION);
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

    assertThat(compare()).containsOnlyKeys(Difference.POSITION);
    assertThat(portfolio().positions()).isEmpty();
  }
}
