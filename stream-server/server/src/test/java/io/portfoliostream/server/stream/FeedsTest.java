package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static io.portfoliostream.server.stream.Stage.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.FeedNotice;
import io.portfoliostream.protocol.Feeds.State;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.Welcome;
import io.portfoliostream.server.marks.FeedState;
import org.junit.jupiter.api.Test;

class FeedsTest {
  private final Stage stage = new Stage();

  private FeedState feed(boolean live) {
    return new FeedState(live, stage.time.instant(), stage.time.instant());
  }

  @Test
  void aFeedThatTurnsIsToldOnceToThoseWhomItConcerns() {
    var ann = stage.live(ANN);
    var bob = stage.live(BOB);

    stage.feeds.trading(ANN, feed(true));
    stage.feeds.trading(ANN, feed(true));
    stage.feeds.marketData(feed(true));
    stage.time.settle();

    assertThat(ann.pipe().types()).containsExactly("data_fresh", "data_fresh");
    assertThat(((FeedNotice) bob.pipe().only().data()).source())
        .isEqualTo(FeedNotice.Source.MARKET_DATA);
    stage.feeds.trading(ANN, feed(false));
    stage.time.settle();
    assertThat(ann.pipe().types()).containsExactly("data_stale");
  }

  @Test
  void whoJoinsDuringAnOutageIsToldSo() {
    stage.feeds.trading(ANN, feed(true));
    var seat = stage.open(ANN);
    seat.subscribe();
    var payloads = seat.pipe().payloads();
    var welcome = (Welcome) payloads.getFirst();
    var answer = (Subscribed) payloads.getLast();

    assertThat(welcome.feeds().trading().state()).isEqualTo(State.LIVE);
    assertThat(welcome.feeds().marketData().state()).isEqualTo(State.STALE);
    assertThat(answer.feeds()).isEqualTo(welcome.feeds());
  }

  @Test
  void withoutTheLedgerTradingIsToldStaleAndFreshAgainAfterwards() {
    stage.feeds.trading(ANN, feed(true));
    var seat = stage.live(ANN);

    stage.ledger.unavailable(true);
    stage.wait(2_100);
    assertThat(seat.pipe().types()).containsExactly("data_stale");
    assertThat(seat.pipe().closeCode()).isNull();

    stage.ledger.unavailable(false);
    stage.wait(2_100);
    assertThat(seat.pipe().types()).containsExactly("data_fresh");
  }
}
