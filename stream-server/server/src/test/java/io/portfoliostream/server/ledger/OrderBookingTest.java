package io.portfoliostream.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.OrderReport.BrokerLinks;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens to orders besides being filled: busts, corrections, replacements, legs.
class OrderBookingTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final OrderBooking orders = new OrderBooking(() -> "order-" + ids.incrementAndGet());
  private final Ledger ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
  private UserId demo = new UserId("unset");

  @BeforeEach
  void aUserWhoBoughtTen() {
    demo = database.user("demo");
    ledger.book(
        demo,
        Cause.RECONCILIATION,
        clock.instant(),
        books ->
            books.recordRead(
                new Account(d("100000"), d("200000"), d("100000"), d("0"), clock.instant()),
                clock.instant(),
                true));
    book(Reports.fill("b1", "x1", "10", "10", "10", 2));
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private static BigDecimal d(String text) {
    return new BigDecimal(text);
  }

  private void book(OrderReport report) {
    ledger.book(demo, Cause.STREAM, clock.instant(), books -> orders.book(books, report));
  }

  private BigDecimal cash() {
    var account = Optional.ofNullable(ledger.reads().load(demo).account());
    return account.map(Account::cash).orElseThrow();
  }

  private BigDecimal held() {
    var position = Optional.ofNullable(ledger.reads().load(demo).positions().get("AAPL"));
    return position.map(known -> known.quantity()).orElse(BigDecimal.ZERO);
  }

  private Order order(String brokerId) {
    return ledger.reads().load(demo).orders().values().stream()
        .filter(order -> brokerId.equals(order.brokerId()))
        .findFirst()
        .orElseThrow();
  }

  private static Amendment amendment(String id, String quantity, @Nullable String price) {
    return new Amendment(
        id, "x1", d(quantity), price == null ? null : d(price), Reports.START.plusSeconds(60));
  }

  @Test
  void aBustTakesTheExecutionBackOnce() {
    assertThat(cash()).isEqualByComparingTo("99000");
    var bust = Reports.amendment("b1", "canceled", "0", amendment("x2", "0", null));

    book(bust);
    book(bust);

    assertThat(held()).isEqualByComparingTo("0");
    assertThat(cash()).isEqualByComparingTo("100000");
    assertThat(order("b1").progress().status()).as("may leave an end").isEqualTo("canceled");
    assertThat(ledger.reads().load(demo).trades())
        .first()
        .satisfies(trade -> {
          assertThat(trade.corrects()).isEqualTo("x1");
          assertThat(trade.busted()).isTrue();
        });
  }

  @Test
  void aCorrectionMovesPositionAndCashByTheDifference() {
    book(Reports.amendment("b1", "filled", "10", amendment("x2", "8", "101")));

    assertThat(held()).isEqualByComparingTo("8");
    assertThat(cash()).isEqualByComparingTo("99192");
    assertThat(ledger.reads().load(demo).trades())
        .extracting(Execution::id)
        .containsExactly("x2", "x1");
  }

  @Test
  void anAmendmentOfWhatWasNeverBookedIsLeftToTheComparison() {
    var unknown = new Amendment("x9", "unknown", d("0"), null, Reports.START.plusSeconds(60));

    book(Reports.amendment("b1", "filled", "10", unknown));

    assertThat(held()).isEqualByComparingTo("10");
    assertThat(cash()).isEqualByComparingTo("99000");
  }

  /// The broker may tell that an order was replaced before it tells by which.
  @Test
  void aReplacementLinksBothOrdersWhateverComesFirst() {
    book(Reports.state("b2", "new", 1));
    book(Reports.linked("b2", "replaced", new BrokerLinks(null, null, "b3"), 3));
    assertThat(order("b2").links().replacedBy()).isNull();

    book(Reports.linked("b3", "new", new BrokerLinks(null, "b2", null), 4));

    assertThat(order("b3").links().replaces()).isEqualTo(order("b2").id());
    assertThat(order("b2").links().replacedBy()).isEqualTo(order("b3").id());
  }

  @Test
  void aReportThatLeavesARelationOutDoesNotEndIt() {
    book(Reports.state("b2", "new", 1));
    book(Reports.linked("b3", "held", new BrokerLinks("b2", null, null), 2));

    book(Reports.state("b3", "new", 3));

    assertThat(order("b3").links().parentOrderId()).isEqualTo(order("b2").id());
    assertThat(order("b3").progress().status()).isEqualTo("new");
  }

  @Test
  void unknownMessagesAreKeptAsTheyCame() {
    var unknown = new UnknownEvents(database.dataSource(), clock);

    unknown.keep(demo, "unknown event teleported", "{\"event\":\"teleported\",\"nul\":\"\0\"}");

    assertThat(
            database.count(
                "select count(*) from unknown_event where raw like '%teleported%'"
                    + " and user_id = '"
                    + demo.value()
                    + "'"))
        .isEqualTo(1);
  }
}
