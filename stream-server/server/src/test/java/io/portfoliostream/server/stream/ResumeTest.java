package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.Subscribed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResumeTest {
  private final Stage stage = new Stage();

  private Instant now() {
    return stage.time.instant();
  }

  private static Subscribed answer(Stage.Seat seat) {
    return (Subscribed) seat.pipe().take().getFirst().data();
  }

  @Test
  void aShortAbsenceIsReplayed() {
    stage.book(ANN, Events.account("1", now()));
    stage.book(ANN, Events.position("AAPL", "3", now()), Events.order("o1", "AAPL", "new", now()));
    stage.book(ANN, Events.account("2", now()));
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.resume("e1", 1);

    var messages = seat.pipe().take();
    var answer = (Subscribed) messages.getFirst().data();
    assertThat(answer.recovered()).isTrue();
    assertThat(answer.snapshot()).isNull();
    assertThat(answer.seq()).isEqualTo(4);
    assertThat(answer.replay())
        .extracting(ServerMessage::prevSeq, ServerMessage::seq)
        .containsExactly(tuple(1L, 3L), tuple(3L, 4L));
    assertThat(messages).hasSize(2);
    assertThat(((BatchUpdate) messages.getLast().data()).positionsOrNone()).hasSize(1);
    assertThat(stage.metrics.replays).isEqualTo(1);
  }

  @Test
  void anAbsenceInWhichNothingHappenedIsAnEmptyReplay() {
    stage.book(ANN, Events.account("1", now()));
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.resume("e1", 1);

    var answer = answer(seat);
    assertThat(answer.recovered()).isTrue();
    assertThat(answer.replay()).isEmpty();
  }

  @Test
  void theReplayIsForExactlyTheSubscription() {
    stage.book(ANN, Events.account("1", now()));
    stage.book(ANN, Events.order("o1", "AAPL", "new", now()));
    stage.book(ANN, Events.order("o2", "MSFT", "new", now()));
    stage.book(ANN, Events.account("2", now()));
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.say(
        new Subscribe(Set.of(Channel.ORDERS), Set.of("MSFT"), null, new StreamPosition("e1", 0)));

    var answer = answer(seat);
    assertThat(answer.replay())
        .extracting(ServerMessage::prevSeq, ServerMessage::seq)
        .containsExactly(tuple(0L, 3L));
    assertThat(answer.seq()).isEqualTo(4);
    stage.book(ANN, Events.order("o3", "MSFT", "new", now()));
    assertThat(seat.pipe().only().prevSeq()).isEqualTo(4);
  }

  @Test
  void anotherNumberingOrAPlaceAheadGetsASnapshot() {
    stage.book(ANN, Events.account("1", now()));

    for (var place : List.of(new StreamPosition("e0", 1), new StreamPosition("e1", 2))) {
      var seat = stage.open(ANN);
      var _ = seat.pipe().take();
      seat.resume(place.epoch(), place.seq());

      var answer = answer(seat);
      assertThat(answer.recovered()).isFalse();
      assertThat(answer.snapshot()).isNotNull();
      assertThat(answer.seq()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatIsAheadOfThisNodeIsCaughtUpWith() {
    var other = stage.live(ANN);
    var _ = stage.bookQuietly(ANN, Events.account("1", now()));
    var _ = stage.bookQuietly(ANN, Events.account("2", now()));
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.resume("e1", 1);

    var answer = answer(seat);
    assertThat(answer.recovered()).isTrue();
    assertThat(answer.replay()).extracting(ServerMessage::seq).containsExactly(2L);
    assertThat(other.pipe().take()).extracting(ServerMessage::seq).containsExactly(1L, 2L);
  }

  @Test
  void moreThanFiveHundredEventsAreASnapshot() {
    for (int i = 0; i < 501; i++) {
      stage.book(ANN, Events.account("" + i, now()));
    }
    var far = stage.open(ANN);
    var near = stage.open(ANN);
    var _ = far.pipe().take();
    var _ = near.pipe().take();

    far.resume("e1", 0);
    near.resume("e1", 1);

    assertThat(answer(far).recovered()).isFalse();
    assertThat(answer(near).recovered()).isTrue();
  }

  @Test
  void aReplayOverItsBytesIsASnapshot() {
    for (int i = 0; i < 450; i++) {
      var id = "o" + i + "-" + "x".repeat(300);
      stage.book(ANN, Events.order(id, "AAPL", "canceled", now()));
    }
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.resume("e1", 0);

    assertThat(answer(seat).recovered()).isFalse();
  }

  @Test
  void aLogThatWasForgottenIsASnapshot() {
    stage.book(ANN, Events.account("1", now()));
    stage.book(ANN, Events.account("2", now()));
    stage.ledger.forget(ANN);
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();

    seat.resume("e1", 1);

    assertThat(answer(seat).recovered()).isFalse();
  }

  @Test
  void wideningGetsASnapshotEvenWithAPlace() {
    stage.book(ANN, Events.account("1", now()));
    var seat = stage.open(ANN);
    seat.subscribe(Set.of(Channel.ORDERS));
    var _ = seat.pipe().take();

    seat.resume("e1", 1);

    assertThat(answer(seat).snapshot()).isNotNull();
  }

  @Test
  void aGapIsFilledByResumeOnTheSameConnection() {
    var seat = stage.live(ANN);
    stage.book(ANN, Events.account("1", now()));
    stage.book(ANN, Events.account("2", now()));
    var _ = seat.pipe().take();

    seat.say(new Resume(new StreamPosition("e1", 1)));

    var answer = answer(seat);
    assertThat(answer.recovered()).isTrue();
    assertThat(answer.replay()).extracting(ServerMessage::seq).containsExactly(2L);
  }

  @Test
  void liveBookingsThatPassTheReadingAreInTheReplay() {
    stage.book(ANN, Events.account("1", now()));
    var seat = stage.open(ANN);
    var _ = seat.pipe().take();
    stage.ledger.duringNextRead(() -> stage.book(ANN, Events.account("2", now())));

    seat.resume("e1", 0);

    var answer = answer(seat);
    assertThat(answer.recovered()).isTrue();
    assertThat(answer.replay()).extracting(ServerMessage::seq).containsExactly(1L, 2L);
  }

  @Nested
  class WithoutTheLedger {
    @Test
    void aClientAtOrBehindThisNodeIsAnsweredFromMemory() {
      stage.book(ANN, Events.account("1", now()));
      var seat = stage.open(ANN);
      var _ = seat.pipe().take();
      stage.ledger.unavailable(true);

      seat.resume("e1", 0);

      var answer = answer(seat);
      assertThat(answer.snapshot()).isNotNull();
      assertThat(answer.seq()).isEqualTo(1);
    }

    @Test
    void aClientThatMayKnowMoreIsSentAwayInsteadOfBackInTime() {
      stage.book(ANN, Events.account("1", now()));
      var seat = stage.open(ANN);
      var _ = seat.pipe().take();
      stage.ledger.unavailable(true);

      seat.resume("e1", 2);

      assertThat(seat.pipe().take()).isEmpty();
      assertThat(seat.pipe().closeCode()).isEqualTo(1012);
    }
  }
}
