package io.portfoliostream.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final List<Booking> published = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger ids = new AtomicInteger();
  private final OrderBooking orders = new OrderBooking(() -> "order-" + ids.incrementAndGet());
  private final Ledger ledger =
      new Ledger(database.dataSource(), clock, () -> "random", published::add);
  private final PortfolioReads reads = ledger.reads();
  private UserId demo = new UserId("unset");

  @BeforeEach
  void aUserWithAnAccount() {
    demo = database.user("demo");
    ledger.book(
        demo,
        Cause.RECONCILIATION,
        clock.instant(),
        books -> books.recordRead(account("100000"), clock.instant(), true));
    published.clear();
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private Account account(String cash) {
    return new Account(
        new BigDecimal(cash),
        new BigDecimal("200000"),
        new BigDecimal("100000"),
        BigDecimal.ZERO,
        clock.instant());
  }

  private Optional<Booking> book(OrderReport report) {
    return ledger.book(demo, Cause.STREAM, clock.instant(), books -> orders.book(books, report));
  }

  private static BigDecimal held(Portfolio portfolio) {
    return Optional.ofNullable(portfolio.positions().get("AAPL")).orElseThrow().quantity();
  }

  private BigDecimal cash() {
    return Optional.ofNullable(reads.load(demo).account()).orElseThrow().cash();
  }

  @Test
  void anExecutionMovesOrderPositionAndCashInOneBooking() {
    book(Reports.state("b1", "new", 1));

    var booking = book(Reports.fill("b1", "x1", "10", "10", "10", 2)).orElseThrow();

    assertThat(booking.events()).hasSize(4);
    assertThat(booking.prevSeq()).isEqualTo(2);
    assertThat(booking.seq()).isEqualTo(6);
    var portfolio = reads.load(demo);
    assertThat(portfolio.seq()).isEqualTo(6);
    assertThat(held(portfolio)).isEqualByComparingTo("10");
    assertThat(cash()).isEqualByComparingTo("99000");
    assertThat(portfolio.orders().values())
        .extracting(o -> o.progress().status())
        .containsExactly("filled");
    assertThat(portfolio.trades()).hasSize(1);
  }

  @Test
  void theSameReportTwiceChangesNothingTwice() {
    book(Reports.fill("b1", "x1", "4", "4", "4", 2));
    var before = reads.load(demo);

    assertThat(book(Reports.fill("b1", "x1", "4", "4", "4", 2))).isEmpty();
    assertThat(reads.load(demo)).isEqualTo(before);
  }

  @Test
  void statusesNeverGoBack() {
    book(Reports.fill("b1", "x1", "10", "10", "10", 5));
    book(Reports.state("b1", "new", 1));
    book(Reports.state("b1", "canceled", 4));

    assertThat(reads.load(demo).orders().values())
        .extracting(order -> order.progress().status())
        .containsExactly("filled");
  }

  /// Reordered executions: the position follows the newest event, both are booked, cash has both.
  @Test
  void aLateExecutionIsBookedAndDoesNotTurnThePositionBack() {
    book(Reports.fill("b1", "x2", "6", "10", "10", 5));
    book(Reports.fill("b1", "x1", "4", "4", "4", 3));

    var portfolio = reads.load(demo);
    assertThat(held(portfolio)).isEqualByComparingTo("10");
    assertThat(portfolio.trades()).hasSize(2);
    assertThat(cash()).isEqualByComparingTo("99000");
  }

  /// Any order of arrival and any repetition of the same reports ends in the same state.
  @Test
  void everyOrderOfArrivalEndsTheSame() {
    var reports =
        List.of(
            Reports.state("b1", "pending_new", 1),
            Reports.state("b1", "new", 2),
            Reports.fill("b1", "x1", "3", "3", "3", 3),
            Reports.fill("b1", "x2", "4", "7", "7", 4),
            Reports.fill("b1", "x3", "3", "10", "10", 5));
    for (var seed = 0; seed < 20; seed++) {
      var user = database.user("seed" + seed);
      ledger.book(
          user,
          Cause.RECONCILIATION,
          clock.instant(),
          books -> books.recordRead(account("100000"), Reports.START, true));
      var random = new SplittableRandom(seed);
      var arrivals = new ArrayList<>(reports);
      arrivals.add(reports.get(random.nextInt(reports.size())));
      Collections.shuffle(arrivals, new java.util.Random(seed));
      for (var report : arrivals) {
        ledger.book(user, Cause.STREAM, clock.instant(), books -> orders.book(books, report));
      }

      var portfolio = reads.load(user);
      assertThat(held(portfolio)).as("seed " + seed).isEqualTo("10");
      assertThat(portfolio.trades()).as("seed " + seed).hasSize(3);
      assertThat(portfolio.orders().values())
          .as("seed " + seed)
          .allSatisfy(order -> assertThat(order.progress().status()).isEqualTo("filled"));
      var account = Optional.ofNullable(portfolio.account()).orElseThrow();
      assertThat(account.cash()).as("seed " + seed).isEqualByComparingTo("99000");
    }
  }

  @Test
  void aRuleThatFailsLeavesNothingBehind() {
    assertThatThrownBy(() ->
            ledger.book(
                demo,
                Cause.STREAM,
                clock.instant(),
                books -> {
                  orders.book(books, Reports.fill("b1", "x1", "10", "10", "10", 2));
                  throw new IllegalStateException("halfway");
                }))
        .hasMessage("halfway");

    assertThat(reads.load(demo).seq()).isEqualTo(1);
    assertThat(database.count("select count(*) from execution")).isZero();
    assertThat(published).isEmpty();
  }

  @Test
  void theFoldOfTheLogIsTheState() {
    var folded = reads.load(demo);
    book(Reports.state("b1", "new", 1));
    book(Reports.fill("b1", "x1", "4", "4", "4", 2));
    book(Reports.fill("b1", "x2", "6", "10", "10", 3));

    for (var booking : reads.since(demo, folded.epoch(), folded.seq(), 500).orElseThrow()) {
      folded = folded.apply(booking);
    }

    assertThat(folded.seq()).isEqualTo(reads.load(demo).seq());
    assertThat(folded.orders()).isEqualTo(reads.load(demo).orders());
    assertThat(folded.trades()).isEqualTo(reads.load(demo).trades());
    assertThat(held(folded)).isEqualByComparingTo(held(reads.load(demo)));
  }

  @Test
  void aReplayIsWholeOrNotAtAll() {
    var epoch = reads.load(demo).epoch();
    book(Reports.fill("b1", "x1", "4", "4", "4", 2));

    assertThat(reads.since(demo, epoch, 1, 500).orElseThrow()).hasSize(1);
    assertThat(reads.since(demo, epoch, 5, 500)).contains(List.of());
    assertThat(reads.since(demo, "another", 1, 500)).isEmpty();
    assertThat(reads.since(demo, epoch, 99, 500)).isEmpty();
    assertThat(reads.since(demo, epoch, 1, 3)).isEmpty();

    clock.advance(Duration.ofDays(8));
    ledger.forgetEventsOlderThan(Duration.ofDays(7));
    assertThat(reads.since(demo, epoch, 1, 500)).isEmpty();
  }

  @Test
  void numbersHaveNoHoleWhoeverWrites() throws InterruptedException {
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < 40; n++) {
        var report = Reports.state("b" + n, "new", 1);
        writers.execute(() -> book(report));
      }
      writers.shutdown();
      assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(database.count("select max(seq) from portfolio_event")).isEqualTo(41);
    assertThat(database.count("select count(*) from portfolio_event")).isEqualTo(41);
    assertThat(published.stream().map(Booking::seq).sorted().toList())
        .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(2, 41).boxed().toList());
  }

  @Test
  void aUserWithoutAPortfolioHasAnEmptyOne() {
    var nobody = new UserId("nobody");

    assertThat(reads.load(nobody).positions()).isEmpty();
    assertThat(reads.load(nobody).seq()).isZero();
    assertThat(Portfolio.empty(nobody, "e").account()).isNull();
  }
}
