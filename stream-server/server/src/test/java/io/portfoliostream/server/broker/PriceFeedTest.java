package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Pulses;
import io.portfoliostream.server.marks.Way;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.stream.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceFeedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTime time = new VirtualTime();
  private final FakeMarket market = new FakeMarket(time);
  private final ScriptedStream stream = new ScriptedStream();
  private final MarkBook book = new MarkBook();
  private final Interest interest = new Interest();
  private final Pulses pulses = new Pulses();
  private final Halts halts = new Halts();
  private final List<Mark> published = new ArrayList<>();

  @Test
  void whatIsWantedIsReadOnceAndStreamsFromThenOn() {
    market.trades("AAPL", "190.10", ago(60));
    interest.want("AAPL");
    try (var feed = started(30)) {
      time.settle();
      assertThat(feed.isStreamed("AAPL")).isFalse();
      stream.connect();
      time.advance(SECOND);
      assertThat(price("AAPL")).isEqualByComparingTo("190.10");
      assertThat(market.asked).containsExactly("AAPL");

      stream.trade("AAPL", "190.20", time.instant());

      assertThat(price("AAPL")).isEqualByComparingTo("190.20");
      assertThat(feed.isStreamed("AAPL")).isTrue();
      assertThat(feed.lastTickAt()).contains(time.instant());
      assertThat(pulses.count(Way.STREAMED)).isOne();
    }
  }

  @Test
  void withoutAStreamThePriceIsReadAllTheSame() {
    market.trades("AAPL", "190.10", ago(60));
    interest.want("AAPL");
    try (var _ = started(30)) {
      time.advance(Duration.ofSeconds(2));

      assertThat(price("AAPL")).isEqualByComparingTo("190.10");
    }
  }

  @Test
  void aReadNeverTakesAPriceBack() {
    market.trades("AAPL", "190.10", ago(60));
    interest.want("AAPL");
    try (var feed = started(30)) {
      stream.connect();
      time.advance(SECOND);
      stream.trade("AAPL", "190.20", time.instant());
      var now = time.instant();

      feed.look(List.of("AAPL"));
      time.advance(SECOND);

      assertThat(published.getLast().price()).isEqualByComparingTo("190.10");
      assertThat(price("AAPL")).isEqualByComparingTo("190.20");
      assertThat(book.mark("AAPL").orElseThrow().tradedAt()).isEqualTo(now);
    }
  }

  @Test
  void whatWasMissedWhileDisconnectedIsReadAtTheNextConnection() {
    market.trades("AAPL", "190.10", ago(60));
    interest.want("AAPL");
    try (var _ = started(30)) {
      stream.connect();
      time.advance(SECOND);
      stream.lose();
      market.trades("AAPL", "195.00", time.instant());
      time.advance(SECOND);

      stream.connect();
      time.settle();

      assertThat(price("AAPL")).isEqualByComparingTo("195.00");
    }
  }

  @Test
  void whatCannotBeReadIsReadLaterUnlessNobodyWantsItAnyMore() {
    market.trades("AAPL", "190.10", ago(60));
    market.trades("MSFT", "400", ago(60));
    interest.want("AAPL");
    interest.want("MSFT");
    market.away = true;
    try (var _ = started(30)) {
      time.advance(Duration.ofSeconds(2));
      market.away = false;
      interest.release("MSFT");
      time.advance(PriceFeed.AGAIN);

      assertThat(price("AAPL")).isEqualByComparingTo("190.10");
      assertThat(book.mark("MSFT")).isEmpty();
    }
  }

  @Test
  void overTheLimitTheMostHeldStreamAndTheOthersArePolled() {
    want("AAPL", 3);
    want("MSFT", 1);
    want("SPY", 2);
    market.trades("MSFT", "400", ago(60));
    try (var feed = started(2)) {
      time.settle();
      stream.connect();
      time.advance(Duration.ofSeconds(2));
      assertThat(stream.wanted()).containsExactlyInAnyOrder("AAPL", "SPY");
      assertThat(feed.isStreamed("MSFT")).isFalse();
      market.asked.clear();

      time.advance(Duration.ofSeconds(20));
      market.trades("MSFT", "401", time.instant());
      time.advance(PriceFeed.POLL);

      assertThat(market.asked).hasSize(5).containsOnly("MSFT");
      assertThat(price("MSFT")).isEqualByComparingTo("401");
      assertThat(pulses.count(Way.POLLED)).isOne();
    }
  }

  @Test
  void whatMoreComeToHoldTakesThePlaceOfWhatFewerHold() {
    want("AAPL", 3);
    want("MSFT", 1);
    want("SPY", 2);
    try (var _ = started(2)) {
      time.settle();
      stream.connect();

      want("MSFT", 4);
      time.advance(PriceFeed.POLL);

      assertThat(stream.wanted()).containsExactlyInAnyOrder("AAPL", "MSFT");
    }
  }

  @Test
  void aPlanThatAllowsLessThanAssumedIsBelieved() {
    want("AAPL", 1);
    want("MSFT", 3);
    want("SPY", 2);
    stream.places = 1;
    try (var feed = started(30)) {
      time.advance(SECOND);
      stream.connect();
      time.advance(Duration.ofSeconds(3));

      assertThat(feed.limit()).isEqualTo(1);
      assertThat(stream.wanted()).containsExactly("MSFT");
      assertThat(stream.subscribed()).containsExactly("MSFT");
      market.asked.clear();
      time.advance(PriceFeed.POLL);
      assertThat(market.asked).containsExactly("AAPL,SPY");
    }
  }

  @Test
  void whatTheFeedDoesNotConfirmIsPolled() {
    want("AAPL", 1);
    want("ODD", 1);
    stream.refused.add("ODD");
    try (var _ = started(30)) {
      time.advance(SECOND);
      stream.connect();
      time.advance(Duration.ofSeconds(5));
      market.asked.clear();

      time.advance(Duration.ofSeconds(10));

      assertThat(market.asked).containsExactly("ODD", "ODD");
    }
  }

  @Test
  void pairsOfCurrenciesArePolledAndOptionsLeftAlone() {
    want("BTC/USD", 1);
    want("AAPL261218C00190000", 1);
    try (var _ = started(30)) {
      time.advance(Duration.ofSeconds(2));
      market.asked.clear();

      time.advance(PriceFeed.POLL);

      assertThat(stream.wanted()).isEmpty();
      assertThat(market.asked).containsExactly("BTC/USD");
      assertThat(pulses.count(Way.POLLED)).isOne();
    }
  }

  @Test
  void manySymbolsArePolledLessOftenRatherThanOverTheRate() {
    for (var number = 0; number < 1_000; number++) {
      interest.want("S" + number);
      market.trades("S" + number, "10", ago(60));
    }
    try (var _ = started(1)) {
      time.advance(Duration.ofSeconds(30));
      market.asked.clear();

      time.advance(Duration.ofMinutes(1));

      assertThat(market.asked).hasSizeBetween(50, 60);
    }
  }

  @Test
  void haltsAreKeptUntilTradingResumes() {
    interest.want("AAPL");
    try (var _ = started(30)) {
      time.advance(SECOND);
      stream.connect();
      stream.status("AAPL", "H", "News pending", time.instant());
      assertThat(halts.of("AAPL").orElseThrow().reason()).isEqualTo("News pending");

      time.advance(Duration.ofMinutes(5));
      stream.trade("AAPL", "180", time.instant());

      assertThat(halts.of("AAPL")).isEmpty();
    }
  }

  @Test
  void aTradeThatIsReadTellsAResumptionThatWasMissed() {
    interest.want("AAPL");
    try (var _ = started(30)) {
      time.advance(SECOND);
      stream.connect();
      stream.status("AAPL", "H", "News pending", time.instant());
      stream.lose();
      time.advance(Duration.ofMinutes(5));
      market.trades("AAPL", "180", ago(10));

      stream.connect();
      time.settle();

      assertThat(halts.of("AAPL")).isEmpty();
    }
  }

  @Test
  void aClosedFeedLeavesNothingBehind() {
    want("AAPL", 1);
    want("MSFT", 1);
    var feed = started(1);
    time.advance(SECOND);

    feed.close();
    market.asked.clear();
    time.advance(Duration.ofMinutes(1));

    assertThat(market.asked).isEmpty();
    assertThat(time.pending()).isZero();
  }

  private PriceFeed started(int limit) {
    var feed =
        new PriceFeed(
            market,
            stream::to,
            new PriceFeed.Board(book, interest, pulses, halts),
            this::hear,
            new Drive(time, (delay, task) -> time.schedule(delay, task)::cancel, time),
            limit);
    feed.start();
    return feed;
  }

  private void hear(List<Mark> marks) {
    published.addAll(marks);
    book.offer(marks);
  }

  private void want(String symbol, int times) {
    market.trades(symbol, "10", ago(60));
    for (var count = 0; count < times; count++) {
      interest.want(symbol);
    }
  }

  private Instant ago(long seconds) {
    return time.instant().minusSeconds(seconds);
  }

  private BigDecimal price(String symbol) {
    return book.mark(symbol).orElseThrow().price();
  }
}
