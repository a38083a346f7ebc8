package io.portfoliostream.server.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.portfolio.Mark;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkBookTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final MarkBook book = new MarkBook();

  private static Mark mark(String symbol, String price, long tradedMillis, long receivedMillis) {
    return new Mark(
        symbol,
        new BigDecimal(price),
        NOON.plusMillis(tradedMillis),
        NOON.plusMillis(receivedMillis));
  }

  @Test
  void theLaterTradeStandsWhateverTheOrderOfArrival() {
    var late = mark("AAPL", "190.20", 20, 21);
    var early = mark("AAPL", "190.10", 10, 22);

    assertThat(book.offer(List.of(late, early))).containsExactly(late);

    assertThat(book.mark("AAPL")).contains(late);
  }

  @Test
  void ofTwoTradesAtTheSameTimeTheLastArrivalStands() {
    var first = mark("AAPL", "190.10", 10, 11);
    var second = mark("AAPL", "190.20", 10, 12);

    assertThat(book.offer(List.of(first, second))).containsExactly(first, second);
    assertThat(book.offer(List.of(first))).isEmpty();

    assertThat(book.mark("AAPL")).contains(second);
  }

  @Test
  void whatWasKnownIsNoChange() {
    var known = mark("AAPL", "190.10", 10, 11);
    book.offer(List.of(known));

    assertThat(book.offer(List.of(known, mark("AAPL", "190.1", 10, 15)))).isEmpty();
  }

  @Test
  void aLaterTradeAtTheSamePriceMovesTheTimeOfThePrice() {
    book.offer(List.of(mark("AAPL", "190.10", 10, 11)));
    var later = mark("AAPL", "190.10", 20, 21);

    assertThat(book.offer(List.of(later))).containsExactly(later);
  }

  @Test
  void savedMarksComeBackButNeverOverALaterTrade() {
    book.offer(List.of(mark("AAPL", "190.10", 10, 11), mark("MSFT", "400", 10, 11)));
    var saved = book.all();
    var restarted = new MarkBook();
    var fresh = mark("AAPL", "191", 30, 31);
    restarted.offer(List.of(fresh));

    restarted.restore(saved);

    assertThat(restarted.all()).containsExactlyInAnyOrder(fresh, mark("MSFT", "400", 10, 11));
  }
}
