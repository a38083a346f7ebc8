package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.ledger.BookingRule;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.Reports;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A user who bought ten shares, of which broker and ledger say the same.
abstract class BoughtTen {
  static final Amendment CORRECTION =
      new Amendment("x2", "x1", new BigDecimal("8"), null, Reports.START.plusSeconds(30));

  final TestDatabase database = TestDatabase.fresh();
  final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final OrderBooking orders = new OrderBooking(() -> "order-" + ids.incrementAndGet());
  final Ledger ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
  final FakeBroker broker = new FakeBroker();
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

  final List<String> compare() throws InterruptedException {
    var outcome = reconciliation.run(demo, broker, stream, unmoved);
    unmoved = outcome.unmoved();
    return outcome.findings().stream()
        .map(found -> found.kind() + " " + found.cause().word())
        .toList();
  }

  final void book(OrderReport report) {
    ledger.book(demo, Cause.STREAM, clock.instant(), books -> orders.book(books, report));
  }

  final Portfolio portfolio() {
    return ledger.reads().load(demo);
  }

  final Order order() {
    return portfolio().orders().values().iterator().next();
  }

  final Account account() {
    return Optional.ofNullable(portfolio().account()).orElseThrow();
  }

  final void bustAtTheBroker() {
    broker.orders.put("b1", Reports.state("b1", "canceled", 30));
    broker.fills.clear();
    broker.positions.clear();
    broker.cash = new BigDecimal("100000");
  }

  final void correctAtTheBroker() {
    broker.orders.put("b1", Reports.fill("b1", "x2", "8", "8", "8", 30));
    broker.fills.clear();
    broker.filled("x2", "b1", "8", "8");
    broker.holds("AAPL", "8", "100");
    broker.cash = new BigDecimal("99200");
  }
}
