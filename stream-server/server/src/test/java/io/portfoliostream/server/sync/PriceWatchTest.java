package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.broker.Drive;
import io.portfoliostream.server.broker.FakeMarket;
import io.portfoliostream.server.broker.PriceFeed;
import io.portfoliostream.server.broker.ScriptedStream;
import io.portfoliostream.server.market.Calendars;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Pulses;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.stream.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Time begins on a Monday at 10:00 in New York, while the regular session is open.
class PriceWatchTest {
  private static final Duration TO_THE_NIGHT = Duration.ofHours(11);

  private final VirtualTime time = new VirtualTime();
  private final FakeMarket market = new FakeMarket(time);
  private final ScriptedStream stream = new ScriptedStream();
  private final MarkBook book = new MarkBook();
  private final Interest interest = new Interest();
  private final Pulses pulses = new Pulses();
  private final FeedBoard feeds = new FeedBoard(time.instant());
  private final MarketClock clock = new MarketClock(time);
  private final PriceFeed prices =
      new PriceFeed(
          market,
          stream::to,
          new PriceFeed.Board(book, interest, pulses, new Halts()),
          book::offer,
          new Drive(time, (delay, task) -> time.schedule(delay, task)::cancel, time),
          30);
  private final PriceWatch watch = new PriceWatch(prices, pulses, clock, feeds, time);
  private final List<Boolean> turns = new ArrayList<>();

  PriceWatchTest() {
    clock.learn(Calendars.calendar());
    feeds.onChange(change -> turns.add(change.state().live()));
  }

  @AfterEach
  void stop() {
    prices.close();
  }

  @Test
  void whereNothingIsHeldNothingIsStale() {
    prices.start();
    pass(2);

    assertThat(isLive()).isTrue();
  }

  @Test
  void theFirstThatIsHeldIsNotLiveBeforeItIsHeard() {
    prices.start();
    pass(2);
    hold("AAPL");
    pass(2);
    assertThat(isLive()).isFalse();

    stream.connect();
    pass(2);
    assertThat(isLive()).isTrue();
  }

  @Test
  void nothingIsLiveBeforeTheStreamIsThere() {
    hold("AAPL");
    prices.start();

    pass(60);
    assertThat(isLive()).isFalse();

    stream.connect();
    pass(1);
    assertThat(isLive()).isTrue();
    assertThat(turns).containsExactly(true);
  }

  @Test
  void aMuteStreamIsFoundOutGivenUpAndLiveAgainWithTheNextTrade() {
    live("AAPL");
    trading(30, "AAPL");
    stream.mute = true;

    trading(23, "AAPL");

    assertThat(isLive()).isFalse();
    assertThat(stream.reconnects).hasSize(1).first().asString().contains("AAPL");
    assertThat(watch.givenUp()).isOne();
    assertThat(feeds.marketData().lastEventAt()).isEqualTo(ago(24));
    assertThat(price("AAPL")).as("what the look read").isEqualTo("102.00");

    stream.connect();
    pass(3);
    assertThat(isLive()).as("seeded, but no trade arrived").isFalse();

    stream.mute = false;
    trading(1, "AAPL");
    pass(1);
    assertThat(isLive()).isTrue();
    assertThat(turns).containsExactly(true, false, true);
  }

  @Test
  void aStreamThatStaysMuteIsGivenUpLessAndLessOften() {
    live("AAPL");
    stream.mute = true;

    for (var minute = 0; minute < 10; minute++) {
      trading(60, "AAPL");
      stream.connect();
    }

    assertThat(isLive()).isFalse();
    assertThat(stream.reconnects).hasSizeBetween(3, 6);
    assertThat(turns).containsExactly(true, false);
  }

  @Test
  void afterAMuteStreamQuietIsBelievedAfterAWhile() {
    live("AAPL");
    stream.mute = true;
    trading(23, "AAPL");
    assertThat(stream.reconnects).hasSize(1);
    stream.connect();

    pass(15);
    assertThat(isLive()).isFalse();
    pass(15);
    assertThat(isLive()).isTrue();
  }

  @Test
  void oneMuteSymbolIsEnough() {
    live("AAPL", "MSFT");
    for (var second = 0; second < 24; second++) {
      trading(1, "AAPL");
      market.trades("MSFT", "401", time.instant());
    }

    assertThat(isLive()).isFalse();
    assertThat(stream.reconnects).hasSize(1).first().asString().contains("MSFT");
  }

  @Test
  void aQuietMarketIsNotStaleAndCostsFewReads() {
    live("AAPL");
    market.asked.clear();

    pass(300);

    assertThat(turns).containsExactly(true);
    assertThat(market.asked).hasSizeBetween(14, 16);
    assertThat(stream.reconnects).isEmpty();
  }

  @Test
  void aBusySymbolIsLookedUpSoonerThanAQuietOne() {
    live("AAPL");
    for (var tick = 0; tick < 300; tick++) {
      time.advance(Duration.ofMillis(100));
      trade("AAPL", "101");
    }
    pass(1);
    market.asked.clear();

    pass(3);
    assertThat(market.asked).isEmpty();
    pass(1);
    assertThat(market.asked).containsExactly("AAPL");
  }

  @Test
  void aTradeThatIsReadBeforeItArrivesIsNotMissed() {
    live("AAPL");
    pass(18);
    market.trades("AAPL", "101", time.instant());
    var traded = time.instant();
    pass(2);
    assertThat(market.asked.getLast()).isEqualTo("AAPL");

    stream.trade("AAPL", "101", traded);
    pass(60);

    assertThat(turns).containsExactly(true);
    assertThat(stream.reconnects).isEmpty();
  }

  @Test
  void silenceThatCannotBeExplainedIsStaleAfterThirtySeconds() {
    live("AAPL");
    market.away = true;

    pass(30);
    assertThat(isLive()).isTrue();
    pass(1);
    assertThat(isLive()).isFalse();
    assertThat(stream.reconnects).as("nothing says that the stream is mute").isEmpty();

    market.away = false;
    pass(6);
    assertThat(isLive()).as("a read shows that nothing was missed").isTrue();
  }

  @Test
  void aPriceFromBeforeAGapIsNotLiveUntilItIsReadAgain() {
    live("AAPL");
    stream.lose();
    trading(31, "AAPL");
    assertThat(isLive()).isFalse();

    market.away = true;
    stream.connect();
    pass(2);
    assertThat(isLive()).isFalse();
    assertThat(price("AAPL")).isEqualTo("100.00");

    market.away = false;
    pass(5);
    assertThat(isLive()).isTrue();
    assertThat(price("AAPL")).isEqualTo("102.00");
  }

  @Test
  void aShortGapIsNoOutage() {
    live("AAPL");
    stream.lose();
    pass(10);
    stream.connect();
    pass(30);

    assertThat(turns).containsExactly(true);
  }

  @Test
  void silenceAtNightIsNoFault() {
    live("AAPL");
    time.advance(TO_THE_NIGHT);
    market.asked.clear();

    pass(600);

    assertThat(turns).containsExactly(true);
    assertThat(market.asked).isEmpty();
  }

  @Test
  void theSilenceOfTheNightIsNotHeldAgainstTheMorning() {
    live("AAPL");
    time.advance(Duration.ofHours(18).minusSeconds(30));
    market.away = true;
    pass(40);

    assertThat(clock.now().orElseThrow().since()).isEqualTo(Calendars.newYork(24, "04:00"));
    assertThat(turns).containsExactly(true);
  }

  @Test
  void pairsTradeAtNightToo() {
    live("BTC/USD");
    time.advance(TO_THE_NIGHT);
    pass(1);
    assertThat(isLive()).isTrue();

    market.away = true;
    pass(32);

    assertThat(isLive()).isFalse();
  }

  @Test
  void withoutKnownHoursSilenceIsAFault() {
    var unknown = new PriceWatch(prices, pulses, new MarketClock(time), feeds, time);
    live("AAPL");
    time.advance(TO_THE_NIGHT);
    market.away = true;

    unknown.check();

    assertThat(isLive()).isFalse();
  }

  @Test
  void whatIsNewlyHeldDoesNotStopTheOthers() {
    live("AAPL");
    stream.refused.add("NEW");
    hold("NEW");
    pass(3);

    assertThat(turns).containsExactly(true);
  }

  private void live(String... symbols) {
    for (var symbol : symbols) {
      hold(symbol);
    }
    prices.start();
    time.advance(Duration.ofMillis(100));
    stream.connect();
    pass(6);
    assertThat(isLive()).isTrue();
    market.asked.clear();
    var now = time.instant();
    for (var symbol : symbols) {
      market.trades(symbol, "100.00", now);
      stream.trade(symbol, "100.00", now);
    }
  }

  private void hold(String symbol) {
    market.trades(symbol, "100.00", time.instant());
    interest.want(symbol);
  }

  /// Seconds in which the symbol trades once.
  private void trading(int seconds, String symbol) {
    for (var second = 0; second < seconds; second++) {
      trade(symbol, "102.00");
      pass(1);
    }
  }

  private void trade(String symbol, String price) {
    market.trades(symbol, price, time.instant());
    stream.trade(symbol, price, time.instant());
  }

  private void pass(int seconds) {
    for (var second = 0; second < seconds; second++) {
      time.advance(Duration.ofSeconds(1));
      watch.check();
      time.settle();
    }
  }

  private Instant ago(long seconds) {
    return time.instant().minusSeconds(seconds);
  }

  private boolean isLive() {
    return feeds.marketData().live();
  }

  private String price(String symbol) {
    return book.mark(symbol).map(Mark::price).map(BigDecimal::toPlainString).orElse("");
  }
}
