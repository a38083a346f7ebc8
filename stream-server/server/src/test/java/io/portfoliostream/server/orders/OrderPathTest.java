package io.portfoliostream.server.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.orders.ScriptedBroker.Answer;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From the request to the broker: stored before it is acknowledged, at the broker exactly once.
class OrderPathTest {
  private static final OrderRequest BUY = OrderRequest.market("AAPL", "buy", new BigDecimal("5"));

  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final ScriptedBroker broker = new ScriptedBroker();
  private final Ledger ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
  private final OrderBooking booking = new OrderBooking(() -> "made-" + ids.incrementAndGet());
  private final JobQueue queue = queue("node-1", Duration.ofSeconds(30));
  private final OrderEntry entry =
      new OrderEntry(
          ledger, clock, () -> "order-" + ids.incrementAndGet(), _ -> Permission.TRADE, () -> {});
  private UserId demo = new UserId("unset");

  @BeforeEach
  void aUser() {
    demo = database.user("demo");
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private JobQueue queue(String owner, Duration lease) {
    return new JobQueue(database.dataSource(), owner, lease);
  }

  private OrderWorker worker(JobQueue on) {
    return new OrderWorker(on, ledger, booking, _ -> Optional.of(broker), _ -> {}, clock);
  }

  private OrderResult.Accepted accepted(String key) {
    return (OrderResult.Accepted) entry.submit(demo, BUY, key);
  }

  /// Works until nothing is due any more; pauses of retried jobs are skipped.
  private void workAll() {
    for (var round = 0; round < 30; round++) {
      database.count(
          "with now_due as (update job set run_at = now() where state = 'ready'"
              + " returning 1) select count(*) from now_due");
      queue.claim(10).forEach(worker(queue)::work);
    }
  }

  private String status(String id) {
    return order(id).progress().status();
  }

  private Order order(String id) {
    return ledger.reads().order(demo, id).orElseThrow();
  }

  @Test
  void anAcceptedOrderIsStoredWithItsJobBeforeItIsAcknowledged() {
    var accepted = accepted("k1");

    assertThat(accepted.orders().getFirst().progress().status()).isEqualTo("queued");
    assertThat(accepted.seq()).isEqualTo(1);
    assertThat(database.count("select count(*) from job where state = 'ready'")).isEqualTo(1);
    assertThat(status(accepted.orders().getFirst().id())).isEqualTo("queued");
  }

  @Test
  void theSameKeyAndBodyIsTheSameOrder() {
    var first = accepted("k1");

    assertThat(accepted("k1")).isEqualTo(first);
    assertThat(entry.submit(demo, OrderRequest.market("MSFT", "buy", BigDecimal.ONE), "k1"))
        .isEqualTo(new OrderResult.KeyReused());
    assertThat(database.count("select count(*) from customer_order")).isEqualTo(1);
  }

  @Test
  void eachFieldAtFaultIsNamed() {
    var request =
        new OrderRequest(
            "aapl",
            "hold",
            "iceberg",
            null,
            new BigDecimal("-1"),
            null,
            BigDecimal.ONE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    assertThat(entry.submit(demo, request, "k1"))
        .isInstanceOfSatisfying(
            OrderResult.Invalid.class,
            invalid ->
                assertThat(invalid.errors())
                    .extracting(FieldError::field)
                    .containsExactly("symbol", "side", "type", "timeInForce", "qty"));
    assertThat(database.count("select count(*) from customer_order")).isZero();
  }

  @Test
  void aUserWithoutAnAccountCannotTrade() {
    var unlinked = new OrderEntry(ledger, clock, () -> "x", _ -> Permission.NOT_LINKED, () -> {});

    assertThat(unlinked.submit(demo, BUY, "k1"))
        .isEqualTo(new OrderResult.NotAllowed(Permission.NOT_LINKED));
  }

  @Test
  void theBrokersAnswerIsBooked() {
    var id = accepted("k1").orders().getFirst().id();

    workAll();

    assertThat(status(id)).isEqualTo("new");
    assertThat(order(id).brokerId()).isEqualTo("broker-" + id);
    assertThat(database.count("select count(*) from job where state = 'done'")).isEqualTo(1);
  }

  @Test
  void aRefusalEndsTheOrderWithTheBrokersWords() {
    broker.answers(Answer.REFUSE);
    var id = accepted("k1").orders().getFirst().id();

    workAll();

    assertThat(status(id)).isEqualTo("rejected");
    assertThat(order(id).progress().rejectReason()).isEqualTo("insufficient buying power");
  }

  @Test
  void anUnknownOutcomeIsSettledByAskingAndNeverDoubled() {
    broker.answers(
        Answer.ACCEPT_AND_LOSE_THE_ANSWER, Answer.LOSE_THE_REQUEST, Answer.NOT_SENT, Answer.ACCEPT);
    var lostAnswer = accepted("k1").orders().getFirst().id();
    var lostRequest = accepted("k2").orders().getFirst().id();

    workAll();

    assertThat(broker.count()).isEqualTo(2);
    assertThat(broker.arrivals).doesNotHaveDuplicates();
    assertThat(status(lostAnswer)).isEqualTo("new");
    assertThat(status(lostRequest)).isEqualTo("new");
  }

  @Test
  void anOrderThatNeverArrivesIsGivenUpVisibly() {
    for (var n = 0; n < 25; n++) {
      broker.answers(Answer.NOT_SENT);
    }
    var id = accepted("k1").orders().getFirst().id();

    workAll();

    assertThat(status(id)).isEqualTo("failed");
    assertThat(order(id).progress().rejectReason()).isEqualTo("unreachable");
    assertThat(queue.depth().failed()).isEqualTo(1);
  }

  @Test
  void aWorkerWhoseLeaseRanOutCanFinishNothing() {
    var id = accepted("k1").orders().getFirst().id();
    var slow = queue("slow", Duration.ZERO);
    var late = slow.claim(1).getFirst();
    var next = queue.claim(1).getFirst();

    assertThat(next.attempts()).isEqualTo(2);
    assertThatThrownBy(() -> slow.finish(late, "done")).isInstanceOf(LostLease.class);
    worker(slow).work(late);
    assertThat(order(id).brokerId()).as("rolled back with the lost lease").isNull();

    worker(queue).work(next);
    assertThat(status(id)).isEqualTo("new");
    assertThat(broker.arrivals).hasSize(1);
  }

  @Test
  void anOrderThatTheStreamReportedFirstIsNotTurnedBack() {
    var id = accepted("k1").orders().getFirst().id();
    var job = queue.claim(1).getFirst();
    var submitted = broker.submit(order(id));
    var report =
        ((io.portfoliostream.server.broker.Submission.Accepted) submitted).reports().getFirst();
    ledger.book(
        demo,
        Cause.STREAM,
        clock.instant(),
        books ->
            booking.book(
                books,
                new io.portfoliostream.server.ledger.OrderReport(
                    report.brokerId(),
                    report.clientOrderId(),
                    report.terms(),
                    new Order.Progress(
                        "filled", new BigDecimal("5"), BigDecimal.TEN, null, null, null, null),
                    report.links(),
                    report.submittedAt(),
                    report.updatedAt().plusSeconds(1),
                    "01EVENT",
                    null,
                    null)));

    worker(queue).work(job);

    assertThat(status(id)).isEqualTo("filled");
    assertThat(broker.arrivals).hasSize(1);
  }

  /// What a killed server was doing goes on as soon as it is back, and not when the lease runs out.
  @Test
  void aNewRunOfANodeTakesOverWhatItsDeadRunsHadClaimed() {
    var dead = queue("node-1:first", Duration.ofMinutes(5));
    var other = queue("node-2:first", Duration.ofMinutes(5));
    accepted("k1");
    var claimed = dead.claim(1);
    accepted("k2");
    var elsewhere = other.claim(1);
    var next = queue("node-1:second", Duration.ofMinutes(5));
    assertThat(next.claim(10)).isEmpty();

    next.takeOver("node-1");

    assertThat(next.claim(10)).extracting(Job::id).containsExactly(claimed.getFirst().id());
    assertThatThrownBy(() -> dead.finish(claimed.getFirst(), "done")).isInstanceOf(LostLease.class);
    other.finish(elsewhere.getFirst(), "done");
  }
}
