package io.portfoliostream.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Outbox.Offer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final UserId ANN = new UserId("ann");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final Outbox outbox = new Outbox(100, 4);

  private static Frame.Text text(FrameKind kind, int bytes) {
    return new Frame.Text(ANN, kind, new byte[bytes], null);
  }

  private static Frame.Text event(int bytes) {
    return text(FrameKind.SEQUENCED, bytes);
  }

  private static Frame.Marks marks(int bytes) {
    return new Frame.Marks(
        ANN, new byte[bytes], Trail.atOnce(NOON, NOON), Map.of("AAPL", new Waiting(NOON, NOON, 1)));
  }

  @Test
  void framesComeOutInTheOrderInWhichTheyWentIn() {
    var first = event(1);
    var second = marks(1);
    var third = event(1);
    outbox.offer(first);
    outbox.offer(second);
    outbox.offer(third);

    assertThat(outbox.poll()).isSameAs(first);
    assertThat(outbox.poll()).isSameAs(second);
    assertThat(outbox.poll()).isSameAs(third);
    assertThat(outbox.poll()).isNull();
    assertThat(outbox.waitingBytes()).isZero();
  }

  @Test
  void moreBytesThanTheBoundOverflow() {
    assertThat(outbox.offer(event(60))).isEqualTo(Offer.QUEUED);
    assertThat(outbox.offer(event(41))).isEqualTo(Offer.OVERFLOWED);
    assertThat(outbox.offer(event(40))).isEqualTo(Offer.QUEUED);
    assertThat(outbox.waitingBytes()).isEqualTo(100);
  }

  @Test
  void moreItemsThanTheBoundOverflow() {
    for (int i = 0; i < 4; i++) {
      assertThat(outbox.offer(event(1))).isEqualTo(Offer.QUEUED);
    }
    assertThat(outbox.offer(event(1))).isEqualTo(Offer.OVERFLOWED);
  }

  @Test
  void oneAnswerGetsInWhateverItsSize() {
    assertThat(outbox.offer(event(90))).isEqualTo(Offer.QUEUED);
    assertThat(outbox.offer(text(FrameKind.ANSWER, 5_000))).isEqualTo(Offer.QUEUED);
    assertThat(outbox.offer(event(10))).isEqualTo(Offer.QUEUED);
    assertThat(outbox.offer(text(FrameKind.ANSWER, 5_000))).isEqualTo(Offer.OVERFLOWED);

    outbox.poll();
    outbox.poll();
    outbox.poll();
    assertThat(outbox.offer(text(FrameKind.ANSWER, 5_000))).isEqualTo(Offer.QUEUED);
  }

  @Test
  void marksThatWaitCanBeTakenBack() {
    var waiting = marks(50);
    outbox.offer(event(10));
    outbox.offer(waiting);
    outbox.offer(event(10));

    assertThat(outbox.withdrawMarks()).isSameAs(waiting);
    assertThat(outbox.withdrawMarks()).isNull();
    assertThat(outbox.waitingBytes()).isEqualTo(20);
    assertThat(outbox.waitingItems()).isEqualTo(2);
  }

  @Test
  void marksThatWereTakenByTheWriterCannotBeTakenBack() {
    outbox.offer(marks(50));
    outbox.poll();

    assertThat(outbox.withdrawMarks()).isNull();
  }

  @Test
  void onlyOneWriterIsAppointedUntilNothingIsLeft() {
    assertThat(outbox.claim()).isFalse();
    outbox.offer(event(1));

    assertThat(outbox.claim()).isTrue();
    outbox.offer(event(1));
    assertThat(outbox.claim()).isFalse();
    outbox.poll();
    outbox.poll();
    assertThat(outbox.claim()).isFalse();
    assertThat(outbox.poll()).isNull();

    outbox.offer(event(1));
    assertThat(outbox.claim()).isTrue();
  }

  @Test
  void nothingFollowsTheLastFrame() {
    outbox.offer(event(1));
    var last = new Frame.Close(ANN, CloseCode.SLOW_CONSUMER, "slow");

    outbox.finish(last, true);

    assertThat(outbox.offer(event(1))).isEqualTo(Offer.CLOSED);
    assertThat(outbox.poll()).isSameAs(last);
    assertThat(outbox.poll()).isNull();
  }

  @Test
  void aGoodbyeLetsWhatWaitsGoFirst() {
    var waiting = event(1);
    outbox.offer(waiting);

    outbox.finish(new Frame.Close(ANN, CloseCode.RESTART, "restart"), false);

    assertThat(outbox.poll()).isSameAs(waiting);
    assertThat(outbox.poll()).isInstanceOf(Frame.Close.class);
  }
}
