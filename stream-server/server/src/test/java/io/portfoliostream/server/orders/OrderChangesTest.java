package io.portfoliostream.server.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.OrderChange;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.broker.Cancellation;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.orders.ScriptedBroker.Answer;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Position;
import io.portfoliostream.server.portfolio.Side;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cancel, replace and close, from the request to the broker.
class OrderChangesTest {
  private static final OrderRequest LIMIT =
      new OrderRequest(
          "AAPL",
          "buy",
          "limit",
          "gtc",
          d("5"),
          null,
          d("100"),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          "momentum");

  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final ScriptedBroker broker = new ScriptedBroker();
  private final Ledger ledger = new Ledger(database.dataSource(), clock, () -> "random", _ -> {});
  private final OrderBooking booking = new OrderBooking(this::newId);
  private final JobQueue queue = queue("node-1");
  private final OrderEntry entry =
      new OrderEntry(ledger, clock, this::newId, _ -> Permission.TRADE, () -> {});
  private final OrderChanges changes =
      new OrderChanges(ledger, clock, this::newId, _ -> Permission.TRADE, () -> {});
  private UserId demo = new UserId("unset");

  @BeforeEach
  void aUser() {
    demo = database.user("demo");
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private String newId() {
    return "order-" + ids.incrementAndGet();
  }

  private JobQueue queue(String owner) {
    return new JobQueue(database.dataSource(), owner, Duration.ofSeconds(30));
  }

  private static BigDecimal d(String text) {
    return new BigDecimal(text);
  }

  private static OrderChange price(@Nullable String limit) {
    return new OrderChange(null, null, limit == null ? null : d(limit), null, null, null);
  }

  private static Order only(OrderResult result) {
    return ((OrderResult.Accepted) result).orders().getFirst();
  }

  private String submitted() {
    return only(entry.submit(demo, LIMIT, "key-" + ids.get())).id();
  }

  private String working() {
    var id = submitted();
    workAll();
    return id;
  }

  private void work() {
    queue.claim(10).forEach(worker()::work);
  }

  private OrderWorker worker() {
    return new OrderWorker(queue, ledger, booking, _ -> Optional.of(broker), _ -> {}, clock);
  }

  /// Works until nothing is due any more; pauses of retried jobs are skipped.
  private void workAll() {
    for (var round = 0; round < 30; round++) {
      database.count(
          "with now_due as (update job set run_at = now() where state = 'ready'"
              + " returning 1) select count(*) from now_due");
      work();
    }
  }

  private Order order(String id) {
    return ledger.reads().order(demo, id).orElseThrow();
  }

  private String status(String id) {
    return order(id).progress().status();
  }

  @Test
  void anOrderThatNeverLeftUsIsCanceledAtOnceAndNeverSent() {
    var id = submitted();

    assertThat(only(changes.cancel(demo, id)).progress().status()).isEqualTo("canceled");
    workAll();

    assertThat(broker.arrivals).isEmpty();
    assertThat(broker.cancellations).isEmpty();
    assertThat(status(id)).isEqualTo("canceled");
  }

  @Test
  void aWorkingOrderIsCanceledByTheBroker() {
    var id = working();

    assertThat(only(changes.cancel(demo, id)).progress().status()).isEqualTo("new");
    workAll();

    assertThat(broker.cancellations).containsExactly("broker-" + id);
  }

  @Test
  void askingTwiceToCancelIsOneRequest() {
    var id = working();

    var _ = changes.cancel(demo, id);
    var _ = changes.cancel(demo, id);
    workAll();

    assertThat(broker.cancellations).hasSize(1);
  }

  @Test
  void aCancellationThatComesTooLateSaysSoOnTheOrder() {
    var id = working();
    broker.cancelScript.add(new Cancellation.TooLate("order is already in \"filled\" state"));

    var _ = changes.cancel(demo, id);
    workAll();

    assertThat(order(id).progress().rejectReason())
        .isEqualTo("not canceled: order is already in \"filled\" state");
    assertThat(status(id)).isEqualTo("new");
  }

  @Test
  void aCancellationWhoseAnswerIsLostIsAskedForAgain() {
    var id = working();
    broker.cancelScript.add(new Cancellation.Unknown("timeout", Duration.ZERO));

    var _ = changes.cancel(demo, id);
    workAll();

    assertThat(broker.cancellations).hasSize(2);
    assertThat(database.count("select count(*) from job where state = 'done'")).isEqualTo(2);
  }

  /// Jobs of one order are done in the order of their making.
  @Test
  void aCancellationWaitsForTheSubmissionThatIsUnderWay() {
    broker.answers(Answer.LOSE_THE_REQUEST);
    var id = submitted();
    work();

    var _ = changes.cancel(demo, id);
    work();
    assertThat(broker.cancellations).as("the submission is not settled").isEmpty();
    workAll();

    assertThat(broker.arrivals).containsExactly(id);
    assertThat(broker.cancellations).containsExactly("broker-" + id);
  }

  @Test
  void anEndedOrForeignOrderCannotBeCanceledOrChanged() {
    var id = submitted();
    var _ = changes.cancel(demo, id);
    var other = database.user("other");
    var open = submitted();

    assertThat(changes.cancel(demo, id))
        .isEqualTo(new OrderResult.TooLate("The order is canceled already."));
    assertThat(changes.change(demo, id, price("101"))).isInstanceOf(OrderResult.TooLate.class);
    assertThat(changes.cancel(demo, "unknown")).isEqualTo(new OrderResult.NotFound());
    assertThat(changes.cancel(other, open)).isEqualTo(new OrderResult.NotFound());
    assertThat(changes.change(other, open, price("101"))).isEqualTo(new OrderResult.NotFound());
  }

  @Test
  void aChangeIsANewOrderThatNamesTheOneItReplaces() {
    var id = working();

    var replacement = only(changes.change(demo, id, price("101")));
    assertThat(replacement.progress().status()).isEqualTo("queued");
    workAll();

    assertThat(broker.replacements).containsExactly("broker-" + id);
    var now = order(replacement.id());
    assertThat(now.brokerId()).isEqualTo("broker-" + replacement.id());
    assertThat(now.links().replaces()).isEqualTo(id);
    assertThat(now.terms().limitPrice()).isEqualByComparingTo("101");
    assertThat(now.terms().strategyId()).isEqualTo("momentum");
  }

  @Test
  void aChangeWhoseAnswerIsLostIsFoundAndNotRepeated() {
    var id = working();
    broker.answers(Answer.ACCEPT_AND_LOSE_THE_ANSWER);

    var replacement = only(changes.change(demo, id, price("101")));
    workAll();

    assertThat(broker.replacements).hasSize(1);
    assertThat(status(replacement.id())).isEqualTo("new");
  }

  @Test
  void aChangeOfAChangeWaitsForTheFirst() {
    var id = submitted();
    var first = only(changes.change(demo, id, price("101"))).id();
    var second = only(changes.change(demo, first, price("102"))).id();

    workAll();

    assertThat(broker.arrivals).containsExactly(id, first, second);
    assertThat(broker.replacements).containsExactly("broker-" + id, "broker-" + first);
  }

  @Test
  void aRefusedChangeIsARejectedOrderAndTheOldOneStays() {
    var id = working();
    broker.answers(Answer.REFUSE);

    var replacement = only(changes.change(demo, id, price("101"))).id();
    workAll();

    assertThat(status(replacement)).isEqualTo("rejected");
    assertThat(order(replacement).progress().rejectReason()).isEqualTo("insufficient buying power");
    assertThat(status(id)).isEqualTo("new");
  }

  @Test
  void aChangeThatChangesNothingOrTheWrongFieldIsRefused() {
    var id = working();

    assertThat(changes.change(demo, id, price(null))).isInstanceOf(OrderResult.Invalid.class);
    assertThat(changes.change(demo, id, price("100"))).isInstanceOf(OrderResult.Invalid.class);
    assertThat(changes.change(demo, id, new OrderChange(null, "never", null, d("9"), null, d("1"))))
        .isInstanceOfSatisfying(
            OrderResult.Invalid.class,
            invalid ->
                assertThat(invalid.errors())
                    .extracting(FieldError::field)
                    .containsExactly("timeInForce", "stopPrice", "trailPercent"));
  }

  /// Brokers have been seen to answer 422 for an order that went through.
  @Test
  void aDoubtfulRefusalIsBelievedOnlyWhenTheBrokerDoesNotHaveTheOrder() {
    broker.answers(Answer.ACCEPT_AND_REFUSE_DOUBTFULLY, Answer.REFUSE_DOUBTFULLY);
    var taken = working();
    var refused = working();

    assertThat(status(taken)).isEqualTo("new");
    assertThat(status(refused)).isEqualTo("rejected");
  }

  /// A fault of ours is told, and nothing is claimed of an order that may have arrived.
  @Test
  void aPoisonedJobEndsVisiblyAndItsOrderStaysOpenWithARemark() {
    for (var n = 0; n < 25; n++) {
      broker.answers(Answer.BREAK);
    }
    var id = submitted();

    workAll();

    assertThat(queue.depth().failed()).isEqualTo(1);
    assertThat(status(id)).isEqualTo("queued");
    assertThat(order(id).progress().rejectReason())
        .isEqualTo("could not be carried out: IllegalStateException");
  }

  @Test
  void closingSellsAllOfALongPositionOnce() {
    hold("AAPL", "12", "momentum");

    var closing = only(entry.close(demo, "AAPL", "close-1"));
    var again = only(entry.close(demo, "AAPL", "close-1"));

    assertThat(again.id()).isEqualTo(closing.id());
    assertThat(closing.terms().side()).isEqualTo(Side.SELL);
    assertThat(closing.terms().quantity()).isEqualByComparingTo("12");
    assertThat(closing.terms().strategyId()).isEqualTo("momentum");
    assertThat(entry.close(demo, "MSFT", "close-2")).isEqualTo(new OrderResult.NotFound());
    assertThat(entry.close(demo, "MSFT", "close-1")).isEqualTo(new OrderResult.KeyReused());
  }

  @Test
  void closingAllClosesEachPositionOnce() {
    hold("AAPL", "12", null);
    hold("TSLA", "-3", null);

    var first = (OrderResult.Accepted) entry.closeAll(demo, "all");
    var again = (OrderResult.Accepted) entry.closeAll(demo, "all");

    assertThat(first.orders())
        .extracting(order -> order.terms().symbol() + " " + order.terms().side())
        .containsExactlyInAnyOrder("AAPL SELL", "TSLA BUY");
    assertThat(again.orders()).containsExactlyInAnyOrderElementsOf(first.orders());
    assertThat(database.count("select count(*) from customer_order")).isEqualTo(2);
  }

  private void hold(String symbol, String quantity, @Nullable String strategy) {
    ledger.book(
        demo,
        Cause.STREAM,
        clock.instant(),
        books ->
            books.record(
                new Position(
                    symbol,
                    d(quantity),
                    d("100"),
                    null,
                    strategy,
                    clock.instant(),
                    clock.instant()),
                null,
                null));
  }
}
