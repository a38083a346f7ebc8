package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.NOON;
import static io.portfoliostream.client.Samples.NOTHING;
import static io.portfoliostream.client.Samples.USER;
import static io.portfoliostream.client.Samples.batch;
import static io.portfoliostream.client.Samples.d;
import static io.portfoliostream.client.Samples.message;
import static io.portfoliostream.client.Samples.order;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.replay;
import static io.portfoliostream.client.Samples.snapshot;
import static io.portfoliostream.client.Samples.snapshotOf;
import static io.portfoliostream.client.Samples.subscribed;
import static io.portfoliostream.client.Samples.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.Outcome.Answered;
import io.portfoliostream.client.Outcome.Applied;
import io.portfoliostream.client.Outcome.DigestDiffers;
import io.portfoliostream.client.Outcome.GapFound;
import io.portfoliostream.client.Outcome.Ignored;
import io.portfoliostream.client.Outcome.Proved;
import io.portfoliostream.client.Outcome.Rejected;
import io.portfoliostream.client.Outcome.Why;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.PositionSide;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.protocol.StreamPosition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplicaAnswersTest {
  private final PortfolioReplica replica = new PortfolioReplica(5);

  private Outcome apply(ServerMessage message) {
    return replica.apply(message);
  }

  /// Stands at `seq` with 10 AAPL at 100, 20 MSFT at 50 and 1000 in cash.
  private void current(long seq) {
    apply(welcome(EPOCH, seq));
    apply(
        snapshot(
            EPOCH, seq, snapshotOf(position("AAPL", "10", "100"), position("MSFT", "20", "50"))));
  }

  private BigDecimal price(String symbol) {
    return replica.portfolio().position(symbol).map(PositionUpdate::currentPrice).orElseThrow();
  }

  private BigDecimal quantity(String symbol) {
    return replica.portfolio().position(symbol).map(PositionUpdate::quantity).orElseThrow();
  }

  private long seq() {
    return replica.portfolio().streamPosition().map(StreamPosition::seq).orElseThrow();
  }

  @Test
  void aSnapshotListsEveryKeyOfBeforeAndAfter() {
    current(7);
    apply(welcome(EPOCH, 9));

    var outcome = apply(snapshot(EPOCH, 9, snapshotOf(position("TSLA", "1", "200"))));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Answered.class,
            answered -> {
              assertThat(answered.recovered()).isFalse();
              assertThat(answered.changes().positions()).isEqualTo(Set.of("AAPL", "MSFT", "TSLA"));
              assertThat(answered.changes().account()).isTrue();
            });
    assertThat(replica.portfolio().positions())
        .extracting(PositionUpdate::symbol)
        .containsExactly("TSLA");
  }

  @Test
  void aReplayWithAHoleIsRejectedAndASnapshotAskedFor() {
    current(7);
    apply(welcome(EPOCH, 7));

    var outcome = apply(replay(EPOCH, 10, message(8, 9, position("AAPL", "99", "1"))));

    assertThat(outcome)
        .isInstanceOfSatisfying(Rejected.class, bad -> assertThat(bad.ask()).isTrue());
    assertThat(quantity("AAPL")).isEqualTo("10");
    assertThat(replica.resumeFrom()).isEmpty();
    assertThat(apply(replay(EPOCH, 10)))
        .isInstanceOfSatisfying(Rejected.class, bad -> assertThat(bad.ask()).isFalse());
  }

  @Test
  void aReplayIsAppliedWholeOrNotAtAll() {
    current(7);
    apply(welcome(EPOCH, 7));

    apply(
        replay(
            EPOCH,
            12,
            message(7, 8, position("AAPL", "99", "1")),
            message(9, 10, position("MSFT", "99", "1"))));

    assertThat(quantity("AAPL")).isEqualTo("10");
    assertThat(seq()).isEqualTo(7);
  }

  @Test
  void aReplayOfAnotherNumberingIsRejected() {
    current(7);
    apply(welcome("e2", 9));

    assertThat(apply(replay("e2", 9, message(7, 9, position("AAPL", "99", "1")))))
        .isInstanceOf(Rejected.class);
    assertThat(quantity("AAPL")).isEqualTo("10");
  }

  @Test
  void anAnswerWithoutReplayAndSnapshotIsRejected() {
    apply(welcome(EPOCH, 7));

    assertThat(apply(message(7, 7, subscribed(EPOCH, 7, false, null, null))))
        .isInstanceOf(Rejected.class);
    assertThat(replica.awaitsAnswer()).isTrue();
  }

  @Test
  void anAnswerBehindWhatRestSaidIsNoStepBack() {
    current(7);
    apply(welcome(EPOCH, 8));
    replica.adopt(Samples.rest(EPOCH, 10, snapshotOf(position("AAPL", "12", "1"))));

    assertThat(apply(replay(EPOCH, 8, message(7, 8, position("AAPL", "11", "1")))))
        .isInstanceOf(Answered.class);
    assertThat(quantity("AAPL")).isEqualTo("12");
    assertThat(seq()).isEqualTo(10);
  }

  @Test
  void anEpochChangeWhileConnectedReplacesEverything() {
    current(70);

    var outcome = apply(snapshot("e2", 3, snapshotOf(position("TSLA", "1", "200"))));

    assertThat(outcome).isInstanceOf(Answered.class);
    assertThat(replica.portfolio().streamPosition()).contains(new StreamPosition("e2", 3));
    assertThat(replica.portfolio().position("AAPL")).isEmpty();
    assertThat(apply(message(3, 4, position("TSLA", "2", "200")))).isInstanceOf(Applied.class);
  }

  @Test
  void anEqualDigestProvesTheView() {
    current(7);
    var value =
        new StateDigest()
            .position("AAPL", PositionSide.LONG, d("10.0"), d("100"))
            .position("MSFT", PositionSide.LONG, d("20"), d("100"))
            .cash(d("1000.00"))
            .value();

    assertThat(apply(message(7, 7, new Digest(7, StateDigest.ALGORITHM, value))))
        .isEqualTo(new Proved());
  }

  @Test
  void closedOrdersAreNotInTheDigest() {
    current(7);
    var before = replica.digest();
    apply(message(7, 8, order("o-1", "new", "0")));
    assertThat(replica.digest()).isNotEqualTo(before);

    apply(message(8, 9, order("o-1", "canceled", "0")));

    assertThat(replica.digest()).isEqualTo(before);
  }

  @Test
  void anotherDigestAsksForAFreshSnapshotAndAppliesNothingUntilThen() {
    current(7);

    assertThat(apply(message(7, 7, new Digest(7, StateDigest.ALGORITHM, "00"))))
        .isEqualTo(new DigestDiffers(new StreamPosition(EPOCH, 7)));
    assertThat(replica.resumeFrom()).isEmpty();
    assertThat(apply(message(7, 8, position("AAPL", "1", "1"))))
        .isEqualTo(new Ignored(Why.AWAITING_ANSWER));

    apply(snapshot(EPOCH, 8, snapshotOf(position("AAPL", "11", "1"))));

    assertThat(quantity("AAPL")).isEqualTo("11");
    assertThat(replica.resumeFrom()).contains(new StreamPosition(EPOCH, 8));
  }

  @Test
  void aDigestOfAnotherNumberOrAlgorithmSaysNothing() {
    current(7);

    assertThat(apply(message(7, 7, new Digest(6, StateDigest.ALGORITHM, "00"))))
        .isInstanceOf(Applied.class);
    assertThat(apply(message(7, 7, new Digest(7, "md5", "00")))).isInstanceOf(Applied.class);
    assertThat(replica.awaitsAnswer()).isFalse();
  }

  @Test
  void aDigestAfterALostMessageIsAGap() {
    current(7);

    assertThat(apply(message(8, 8, new Digest(8, StateDigest.ALGORITHM, "00"))))
        .isEqualTo(new GapFound(new StreamPosition(EPOCH, 7)));
  }

  /// REQ-2
  @Test
  void aMessageForAnotherUserIsNeverApplied() {
    current(7);

    assertThat(apply(new ServerMessage(NOON, "u2", 7, 8, position("AAPL", "99", "1"))))
        .isInstanceOf(Rejected.class);
    assertThat(
            apply(new ServerMessage(NOON, "u2", 7, 8, subscribed(EPOCH, 8, false, NOTHING, null))))
        .isInstanceOf(Rejected.class);
    assertThat(quantity("AAPL")).isEqualTo("10");
  }

  @Test
  void aReplayWithAnotherUsersEventIsRejected() {
    current(7);
    apply(welcome(EPOCH, 8));

    assertThat(
            apply(
                replay(EPOCH, 8, new ServerMessage(NOON, "u2", 7, 8, position("AAPL", "9", "1")))))
        .isInstanceOf(Rejected.class);
    assertThat(USER).isEqualTo("u1");
    assertThat(quantity("AAPL")).isEqualTo("10");
  }

  @Test
  void anUnreadableMessageIsAnsweredByOneResume() {
    current(7);

    assertThat(replica.rejected("not JSON").ask()).isTrue();
    assertThat(replica.rejected("not JSON").ask()).isFalse();
    assertThat(replica.resumeFrom()).contains(new StreamPosition(EPOCH, 7));
  }

  @Test
  void aNewConnectionDoesNotTurnPricesBack() {
    Instant later = NOON.plusSeconds(5);
    current(7);
    apply(message(7, 7, batch(position("AAPL", "10", "105", later))));

    apply(welcome(EPOCH, 7));
    apply(replay(EPOCH, 7));
    apply(message(7, 7, batch(position("AAPL", "10", "101", NOON))));
    assertThat(price("AAPL")).isEqualTo("105");

    apply(message(7, 7, batch(position("AAPL", "10", "106", later.plusSeconds(1)))));
    apply(message(7, 7, batch(position("AAPL", "10", "104", NOON))));
    assertThat(price("AAPL")).as("on one connection arrival decides").isEqualTo("104");
  }

  @Test
  void aSnapshotOfAnotherNodeDoesNotTurnPricesBack() {
    Instant later = NOON.plusSeconds(5);
    current(7);
    apply(message(7, 7, batch(position("AAPL", "10", "105", later))));

    apply(welcome(EPOCH, 7));
    apply(snapshot(EPOCH, 7, snapshotOf(position("AAPL", "10", "101", NOON))));

    assertThat(price("AAPL")).isEqualTo("105");
  }

  @Test
  void aPollOlderThanTheViewIsIgnored() {
    current(7);

    assertThat(replica.adopt(Samples.rest(EPOCH, 6, NOTHING))).isEqualTo(new Ignored(Why.OLD));
    assertThat(replica.portfolio().positions()).hasSize(2);
    assertThat(replica.adopt(Samples.rest("e2", 1, NOTHING))).isInstanceOf(Applied.class);
    assertThat(replica.portfolio().positions()).isEmpty();
  }

  @Test
  void aSnapshotWithoutAccountForgetsTheAccount() {
    current(7);

    apply(welcome(EPOCH, 7));
    apply(snapshot(EPOCH, 7, new Snapshot(List.of(), null, List.of(), List.of())));

    assertThat(replica.portfolio().account()).isEmpty();
  }
}
