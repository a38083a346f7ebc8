package io.portfoliostream.server.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.marks.FeedBoard.Change;
import io.portfoliostream.server.marks.FeedBoard.Source;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedBoardTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");

  private final FeedBoard board = new FeedBoard(NOON);
  private final List<Change> heard = new ArrayList<>();

  private static FeedState live(long second) {
    return new FeedState(true, NOON.plusSeconds(second), NOON.plusSeconds(second));
  }

  private static FeedState stale(long second) {
    return new FeedState(false, NOON.plusSeconds(second), NOON);
  }

  @Test
  void whatWasNeverHeardIsStale() {
    assertThat(board.trading(ANN)).isEqualTo(new FeedState(false, NOON, null));
    assertThat(board.marketData().live()).isFalse();
  }

  @Test
  void onlyTransitionsAreNews() {
    board.onChange(heard::add);

    board.trading(ANN, stale(1));
    board.trading(ANN, live(2));
    board.trading(ANN, live(3));
    board.marketData(live(4));
    board.marketData(live(5));
    board.marketData(stale(6));

    assertThat(heard)
        .containsExactly(
            new Change(ANN, Source.TRADING, live(2)),
            new Change(null, Source.MARKET_DATA, live(4)),
            new Change(null, Source.MARKET_DATA, stale(6)));
  }

  @Test
  void aRepeatedStateKeepsItsBeginningAndMovesItsLastEvent() {
    board.trading(ANN, live(2));
    board.trading(ANN, live(9));

    assertThat(board.trading(ANN))
        .isEqualTo(new FeedState(true, NOON.plusSeconds(2), NOON.plusSeconds(9)));
  }

  @Test
  void withoutTheLedgerTradingIsStaleForEveryone() {
    board.trading(ANN, live(1));
    board.trading(BOB, stale(1));
    board.onChange(heard::add);

    board.ledgerLost(NOON.plusSeconds(5));
    board.ledgerLost(NOON.plusSeconds(6));

    assertThat(board.trading(ANN))
        .isEqualTo(new FeedState(false, NOON.plusSeconds(5), NOON.plusSeconds(1)));
    assertThat(board.trading(BOB)).isEqualTo(new FeedState(false, NOON, NOON));

    board.ledgerFound(NOON.plusSeconds(7));
    board.ledgerFound(NOON.plusSeconds(8));

    assertThat(board.trading(ANN).live()).isTrue();
    assertThat(board.trading(BOB).live()).isFalse();
    assertThat(heard).extracting(change -> change.state().live()).containsExactly(false, true);
  }
}
