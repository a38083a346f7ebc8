package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.LIVE_FEEDS;
import static io.portfoliostream.client.Samples.NOON;
import static io.portfoliostream.client.Samples.NOTHING;
import static io.portfoliostream.client.Samples.account;
import static io.portfoliostream.client.Samples.batch;
import static io.portfoliostream.client.Samples.message;
import static io.portfoliostream.client.Samples.order;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.replay;
import static io.portfoliostream.client.Samples.snapshot;
import static io.portfoliostream.client.Samples.snapshotOf;
import static io.portfoliostream.client.Samples.trade;
import static io.portfoliostream.client.Samples.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.Outcome.Applied;
import io.portfoliostream.client.Outcome.GapFound;
import io.portfoliostream.client.Outcome.Ignored;
import io.portfoliostream.client.Outcome.Why;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.FeedNotice;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.TradeExecuted;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortfolioReplicaTest {
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
  void nothingIsAppliedBeforeTheFirstAnswer() {
    apply(welcome(EPOCH, 7));

    assertThat(apply(message(7, 8, position("AAPL", "1", "1"))))
        .isEqualTo(new Ignored(Why.AWAITING_ANSWER));
    assertThat(replica.portfolio().positions()).isEmpty();
    assertThat(replica.portfolio().streamPosition()).isEmpty();
    assertThat(replica.resumeFrom()).isEmpty();
  }

  @Test
  void aSnapshotIsTheWholePortfolio() {
    current(7);

    var view = replica.portfolio();
    assertThat(view.positions()).extracting(PositionUpdate::symbol).containsExactly("AAPL", "MSFT");
    assertThat(view.account()).contains(account("1000", "2000"));
    assertThat(view.streamPosition()).contains(new StreamPosition(EPOCH, 7));
    assertThat(view.feeds()).contains(LIVE_FEEDS);
    assertThat(view.asOf()).contains(NOON);
  }

  @Test
  void theNextEventIsAppliedAndMovesTheNumber() {
    current(7);

    var outcome = apply(message(7, 8, position("AAPL", "15", "101")));

    assertThat(outcome)
        .isEqualTo(
            new Applied(new Changes(Set.of("AAPL"), Set.of(), Set.of(), false, false, false)));
    assertThat(quantity("AAPL")).isEqualTo("15");
    assertThat(seq()).isEqualTo(8);
  }

  @Test
  void aGapAsksToResumeAndAppliesNothingUntilTheAnswer() {
    current(7);

    assertThat(apply(message(8, 9, position("AAPL", "99", "1"))))
        .isEqualTo(new GapFound(new StreamPosition(EPOCH, 7)));
    assertThat(apply(message(7, 8, position("AAPL", "98", "1"))))
        .isEqualTo(new Ignored(Why.AWAITING_ANSWER));
    assertThat(quantity("AAPL")).isEqualTo("10");
    assertThat(seq()).isEqualTo(7);
    assertThat(replica.resumeFrom()).contains(new StreamPosition(EPOCH, 7));

    apply(
        replay(
            EPOCH,
            9,
            message(7, 8, position("AAPL", "12", "1")),
            message(8, 9, position("AAPL", "13", "1"))));

    assertThat(quantity("AAPL")).isEqualTo("13");
    assertThat(seq()).isEqualTo(9);
    assertThat(replica.awaitsAnswer()).isFalse();
  }

  @Test
  void anOldMessageIsDropped() {
    current(7);

    assertThat(apply(message(5, 6, position("AAPL", "99", "1")))).isEqualTo(new Ignored(Why.OLD));
    assertThat(quantity("AAPL")).isEqualTo("10");
    assertThat(seq()).isEqualTo(7);
  }

  @Test
  void aMessageTwiceIsHarmless() {
    current(7);
    var twice =
        message(
            7,
            8,
            new BatchUpdate(
                List.of(position("AAPL", "11", "101")),
                List.of(order("o-1", "filled", "1")),
                account("900", "2001"),
                List.of(trade("x-1", NOON)),
                0));
    apply(twice);
    var once = replica.digest();

    assertThat(apply(twice)).isInstanceOf(Applied.class);
    assertThat(replica.digest()).isEqualTo(once);
    assertThat(replica.portfolio().trades()).hasSize(1);
    assertThat(seq()).isEqualTo(8);
  }

  @Test
  void aRangeThatOverlapsIsAppliedWhole() {
    current(7);

    apply(message(5, 9, position("AAPL", "14", "1")));

    assertThat(quantity("AAPL")).isEqualTo("14");
    assertThat(seq()).isEqualTo(9);
  }

  @Test
  void aMessageOfAnyKindMovesTheNumber() {
    current(7);

    apply(message(7, 9, new FeedNotice(true, FeedNotice.Source.TRADING, NOON, null)));

    assertThat(seq()).isEqualTo(9);
  }

  @Test
  void aMarkMovesThePriceAndNotTheNumber() {
    current(7);

    apply(message(7, 7, batch(position("AAPL", "10", "105"))));

    assertThat(price("AAPL")).isEqualTo("105");
    assertThat(seq()).isEqualTo(7);
  }

  @Test
  void aMarkNeverCreatesAnObject() {
    apply(welcome(EPOCH, 7));
    apply(snapshot(EPOCH, 7, NOTHING));

    apply(
        message(
            7,
            7,
            new BatchUpdate(
                List.of(position("TSLA", "1", "1")),
                List.of(order("o-9", "new", "0")),
                account("1", "1"),
                List.of(trade("x-9", NOON)),
                0)));
    apply(message(7, 7, position("TSLA", "1", "1")));

    assertThat(replica.portfolio().positions()).isEmpty();
    assertThat(replica.portfolio().orders()).isEmpty();
    assertThat(replica.portfolio().trades()).isEmpty();
    assertThat(replica.portfolio().account()).isEmpty();
  }

  @Test
  void aMarkChangesNoSequencedField() {
    current(7);

    apply(
        message(
            7,
            7,
            new BatchUpdate(
                List.of(position("AAPL", "11", "105"), position("MSFT", "0", "50")),
                null,
                account("1", "1"),
                null,
                0)));

    assertThat(quantity("AAPL")).isEqualTo("10");
    assertThat(quantity("MSFT")).isEqualTo("20");
    assertThat(replica.portfolio().account()).contains(account("1000", "2000"));
  }

  @Test
  void aClosedPositionIsGone() {
    current(7);

    var outcome = apply(message(7, 8, position("AAPL", "0", "100")));

    assertThat(outcome)
        .isEqualTo(
            new Applied(new Changes(Set.of("AAPL"), Set.of(), Set.of(), false, false, false)));
    assertThat(replica.portfolio().position("AAPL")).isEmpty();
  }

  @Test
  void executionsAreCountedOnceNewestFirstAndBounded() {
    current(7);
    for (int i = 0; i < 8; i++) {
      apply(message(7 + i, 8 + i, trade("x-" + i, NOON.plusSeconds(i))));
    }
    apply(message(14, 15, trade("x-7", NOON.plusSeconds(7))));

    assertThat(replica.portfolio().trades())
        .extracting(TradeExecuted::executionId)
        .containsExactly("x-7", "x-6", "x-5", "x-4", "x-3");
  }

  @Test
  void ordersAreNewestFirst() {
    current(7);

    apply(message(7, 8, order("o-1", "new", "0", NOON)));
    apply(message(8, 9, order("o-2", "new", "0", NOON.plusSeconds(1))));
    apply(message(9, 10, order("o-1", "filled", "10", NOON)));

    assertThat(replica.portfolio().orders())
        .extracting(order -> order.orderId() + " " + order.status())
        .containsExactly("o-2 new", "o-1 filled");
  }

  @Test
  void aNoticeOfAStaleSourceIsBelievedEvenInAGap() {
    current(7);
    apply(message(9, 9, position("AAPL", "1", "1")));

    apply(message(9, 9, new FeedNotice(true, FeedNotice.Source.MARKET_DATA, NOON, NOON)));

    assertThat(replica.portfolio().feeds().orElseThrow().marketData().state())
        .isEqualTo(Feeds.State.STALE);
    assertThat(seq()).isEqualTo(7);
    apply(replay(EPOCH, 9));
    apply(message(9, 9, new FeedNotice(false, FeedNotice.Source.TRADING, NOON, NOON)));
    assertThat(replica.portfolio().feeds().orElseThrow().trading().state())
        .isEqualTo(Feeds.State.LIVE);
  }

  @Test
  void theClosedOrdersOfLongAgoAreForgottenTheOpenOnesNot() {
    current(7);
    long seq = 7;
    apply(message(seq, ++seq, order("open", "new", "0", NOON.minusSeconds(60))));
    for (int i = 0; i < Fold.ORDERS_KEPT + 10; i++) {
      apply(message(seq, ++seq, order("o-" + i, "filled", "10", NOON.plusSeconds(i))));
    }

    var orders = replica.portfolio().orders();
    assertThat(orders).hasSize(Fold.ORDERS_KEPT);
    assertThat(replica.portfolio().order("open")).isPresent();
    assertThat(replica.portfolio().order("o-0")).isEmpty();
  }
}
