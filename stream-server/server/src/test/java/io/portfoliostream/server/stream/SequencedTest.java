package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static io.portfoliostream.server.stream.Stage.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Subscribed;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequencedTest {
  private final Stage stage = new Stage();

  private Instant now() {
    return stage.time.instant();
  }

  @Test
  void aSingleObjectTravelsAsItself() {
    var seat = stage.live(ANN);

    stage.book(ANN, Events.order("o1", "AAPL", "queued", now()));

    var message = seat.pipe().only();
    assertThat(message.data()).isInstanceOf(OrderUpdate.class);
    assertThat(message.prevSeq()).isZero();
    assertThat(message.seq()).isEqualTo(1);
    assertThat(message.timestamp()).isEqualTo(now());
  }

  @Test
  void aFillIsOneMessageWithAllThatBelongsToIt() {
    var seat = stage.live(ANN);

    var fill = Events.fill("o1", "AAPL", "10", "8000", now());
    stage.bus.publish(stage.ledger.book(ANN, now(), fill));
    stage.time.settle();

    var message = seat.pipe().only();
    var batch = (BatchUpdate) message.data();
    assertThat(message.seq()).isEqualTo(4);
    assertThat(batch.ordersOrNone()).hasSize(1);
    assertThat(batch.tradesOrNone()).hasSize(1);
    assertThat(batch.positionsOrNone()).hasSize(1);
    assertThat(batch.account()).isNotNull();
    assertThat(batch.account().equity()).isEqualByComparingTo("9000.00");
    assertThat(batch.merged()).isZero();
  }

  @Test
  void aPositionThatChangesBringsTheAccountAlong() {
    stage.book(ANN, Events.account("500", now()));
    var seat = stage.live(ANN);

    stage.book(ANN, Events.position("AAPL", "1", now()));

    var batch = (BatchUpdate) seat.pipe().only().data();
    assertThat(batch.account()).isNotNull();
    assertThat(batch.account().equity()).isEqualByComparingTo("600.00");
  }

  @Test
  void anObjectThatChangedTwiceInABookingIsToldOnceInItsLastState() {
    var seat = stage.live(ANN);

    stage.book(
        ANN, Events.order("o1", "AAPL", "new", now()), Events.order("o1", "AAPL", "filled", now()));

    var message = seat.pipe().only();
    assertThat(((OrderUpdate) message.data()).status()).isEqualTo("filled");
    assertThat(message.seq()).isEqualTo(2);
  }

  /// REQ-2: what happens to one user reaches nobody else.
  @Test
  void aBookingReachesAllConnectionsOfItsUserAndNobodyElse() {
    var ann = stage.live(ANN);
    var annToo = stage.live(ANN);
    var bob = stage.live(BOB);

    stage.book(ANN, Events.account("1", now()));

    assertThat(ann.pipe().only().userId()).isEqualTo("ann");
    assertThat(annToo.pipe().only().userId()).isEqualTo("ann");
    assertThat(bob.pipe().take()).isEmpty();
  }

  @Test
  void whatAFilterKeepsBackMovesTheClientOnWithTheNextMessageOfAnyKind() {
    var seat = stage.open(ANN);
    seat.subscribe(Set.of(Channel.ORDERS));
    var _ = seat.pipe().take();

    stage.book(ANN, Events.account("1", now()));
    stage.book(ANN, Events.position("AAPL", "1", now()));
    assertThat(seat.pipe().take()).isEmpty();
    stage.book(ANN, Events.order("o1", "AAPL", "new", now()));
    stage.book(ANN, Events.account("2", now()));
    seat.say(new Ping("p"));

    assertThat(seat.pipe().take())
        .extracting(
            ServerMessage::prevSeq, ServerMessage::seq, message -> message.data().messageType())
        .containsExactly(tuple(0L, 3L, "order_update"), tuple(3L, 4L, "pong"));
  }

  @Test
  void marksMoveAClientOnToo() {
    stage.book(ANN, Events.position("AAPL", "1", now()));
    var seat = stage.open(ANN);
    seat.subscribe(Set.of(Channel.POSITIONS));
    var _ = seat.pipe().take();
    stage.book(ANN, Events.account("1", now()));

    stage.tick("AAPL", "120");

    var message = seat.pipe().only();
    assertThat(message.prevSeq()).isEqualTo(1);
    assertThat(message.seq()).isEqualTo(2);
  }

  @Test
  void bookingsThatComeTwiceOrInAnyOrderAreToldOnceAndInOrder() {
    var seat = stage.live(ANN);
    var one = stage.bookQuietly(ANN, Events.account("1", now()));
    var two = stage.bookQuietly(ANN, Events.account("2", now()));
    var three = stage.bookQuietly(ANN, Events.account("3", now()));

    stage.bus.publish(two);
    stage.bus.publish(three);
    stage.bus.publish(one);
    stage.bus.publish(two);
    stage.wait(60);

    assertThat(seat.pipe().take())
        .extracting(ServerMessage::prevSeq, ServerMessage::seq)
        .containsExactly(tuple(0L, 1L), tuple(1L, 2L), tuple(2L, 3L));
    assertThat(stage.metrics.gaps).isZero();
  }

  @Test
  void aHoleThatDoesNotHealIsReadFromTheLog() {
    var seat = stage.live(ANN);
    var _ = stage.bookQuietly(ANN, Events.account("1", now()));
    stage.book(ANN, Events.account("2", now()));

    stage.wait(49);
    assertThat(seat.pipe().take()).isEmpty();
    stage.wait(1);

    assertThat(seat.pipe().take())
        .extracting(ServerMessage::prevSeq, ServerMessage::seq)
        .containsExactly(tuple(0L, 1L), tuple(1L, 2L));
    assertThat(stage.metrics.gaps).isEqualTo(1);
  }

  /// A lost last message leaves no hole: it is found by comparing positions.
  @Test
  void aLostLastMessageIsFoundByTheCheck() {
    var seat = stage.live(ANN);
    var _ = stage.bookQuietly(ANN, Events.account("1", now()));

    stage.wait(2_100);

    assertThat(seat.pipe().only().seq()).isEqualTo(1);
  }

  @Test
  void aHoleHealsWhenTheLedgerCanBeReadAgain() {
    var seat = stage.live(ANN);
    var _ = stage.bookQuietly(ANN, Events.account("1", now()));
    stage.ledger.unavailable(true);
    stage.book(ANN, Events.account("2", now()));
    stage.wait(1_000);
    assertThat(seat.pipe().types()).doesNotContain("account_update");

    stage.ledger.unavailable(false);
    stage.wait(4_000);

    assertThat(seat.pipe().types()).filteredOn("account_update"::equals).hasSize(2);
  }

  @Test
  void anotherNumberingGivesEveryoneASnapshot() {
    stage.book(ANN, Events.account("1", now()), Events.account("2", now()));
    var full = stage.live(ANN);
    var some = stage.open(ANN);
    some.subscribe(Set.of(Channel.ORDERS));
    var _ = some.pipe().take();
    var silent = stage.open(ANN);
    var _ = silent.pipe().take();

    stage.ledger.restore(ANN, "e2");
    stage.wait(2_100);

    var answer = (Subscribed) full.pipe().only().data();
    assertThat(answer.epoch()).isEqualTo("e2");
    assertThat(answer.seq()).isEqualTo(1);
    assertThat(answer.recovered()).isFalse();
    assertThat(answer.snapshot()).isNotNull();
    assertThat(answer.snapshot().account()).isNotNull();
    var narrow = (Subscribed) some.pipe().only().data();
    assertThat(narrow.channels()).containsExactly(Channel.ORDERS);
    assertThat(narrow.snapshot()).isNotNull();
    assertThat(narrow.snapshot().account()).isNull();
    assertThat(silent.pipe().take()).isEmpty();

    stage.book(ANN, Events.account("3", now()));
    var next = full.pipe().only();
    assertThat(next.prevSeq()).isEqualTo(1);
    assertThat(next.seq()).isEqualTo(2);
  }

  @Test
  void theFirstBookingOfAUserWithoutAnyPortfolioArrives() {
    var seat = stage.live(ANN);

    stage.ledger.restore(ANN, "e9");
    stage.book(ANN, Events.account("1", now()));
    stage.wait(100);

    assertThat(((Subscribed) seat.pipe().only().data()).epoch()).isEqualTo("e9");
  }

  @Test
  void deliveryIsMeasuredFromTheArrivalOfTheOldestChange() {
    var _ = stage.live(ANN);
    var booking = stage.bookQuietly(ANN, Events.account("1", now()));
    stage.wait(30);

    stage.bus.publish(booking);
    stage.time.settle();

    assertThat(stage.metrics.bookingsDelivered).containsExactly(Duration.ofMillis(30));
  }
}
