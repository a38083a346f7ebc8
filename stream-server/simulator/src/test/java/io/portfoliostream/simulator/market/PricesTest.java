package io.portfoliostream.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PricesTest {
  private static final Instant START = Instant.parse("2026-11-20T15:00:00Z");
  private static final Listings LISTINGS = Listings.of(Listings.WELL_KNOWN);

  @Test
  void theSameSeedGivesTheSameTicks() {
    assertThat(ticks(prices(7), 2_000)).isEqualTo(ticks(prices(7), 2_000));
  }

  @Test
  void anotherSeedGivesOtherTicks() {
    assertThat(ticks(prices(7), 50)).isNotEqualTo(ticks(prices(8), 50));
  }

  @Test
  void everyPriceIsOnTheGridAndBetweenBidAndAsk() {
    for (var tick : ticks(prices(1), 5_000)) {
      assertThat(tick.price().scale()).isEqualTo(2);
      assertThat(tick.quote().bid()).isLessThan(tick.price());
      assertThat(tick.quote().ask()).isGreaterThan(tick.price());
    }
  }

  @Test
  void aPriceBelowADollarHasFourDecimals() {
    var prices = prices(1);
    prices.move("F", new BigDecimal("0.98765"), START);
    assertThat(prices.mark("F").last()).isEqualByComparingTo("0.9876");
    assertThat(prices.mark("F").quote().bid()).isEqualByComparingTo("0.9875");
  }

  @Test
  void aDayMovesAPriceByAboutItsDailyVolatility() {
    // 30 symbols, 200 seeds: the mean squared daily return over the promised variance is near 1.
    double sum = 0;
    int count = 0;
    for (long seed = 0; seed < 200; seed++) {
      var prices = prices(seed);
      var before = prices.mark("AAPL").last().doubleValue();
      var at = START;
      while (at.isBefore(START.plus(Duration.ofMinutes(390)))) {
        at = at.plusSeconds(20);
        prices.next(at, true);
      }
      var listing = LISTINGS.find("AAPL").orElseThrow();
      double daily = listing.annualVolatility() / Math.sqrt(252);
      double moved = Math.log(prices.mark("AAPL").last().doubleValue() / before);
      sum += moved * moved / (daily * daily);
      count++;
    }
    // A symbol ticks each ten minutes here and a step is capped at one, so a tenth is left for its
    // own part, and all of the market's part.
    assertThat(sum / count).isBetween(0.35, 0.85);
  }

  @Test
  void symbolsMoveTogether() {
    var prices = prices(3);
    int together = 0;
    int rounds = 400;
    var at = START;
    for (int round = 0; round < rounds; round++) {
      var spy = prices.mark("SPY").last();
      var qqq = prices.mark("QQQ").last();
      for (int tick = 0; tick < 400; tick++) {
        at = at.plusMillis(500);
        prices.next(at, true);
      }
      int spyMove = prices.mark("SPY").last().compareTo(spy);
      int qqqMove = prices.mark("QQQ").last().compareTo(qqq);
      together += spyMove == qqqMove ? 1 : 0;
    }
    assertThat(together).isGreaterThan(rounds * 7 / 10);
  }

  /// Two banks share a sector; a bank and an oil company share the market only.
  @Test
  void symbolsOfASectorMoveTogetherMoreThanOthers() {
    var prices = prices(3);
    var moves = new double[3][400];
    var symbols = List.of("V", "MA", "XOM");
    var at = START;
    for (int round = 0; round < 400; round++) {
      var before = symbols.stream().mapToDouble(symbol -> last(prices, symbol)).toArray();
      for (int tick = 0; tick < 400; tick++) {
        at = at.plusMillis(500);
        prices.next(at, true);
      }
      for (int index = 0; index < 3; index++) {
        moves[index][round] = Math.log(last(prices, symbols.get(index)) / before[index]);
      }
    }
    double within = correlation(moves[0], moves[1]);
    double across = correlation(moves[0], moves[2]);
    assertThat(within).isGreaterThan(across + 0.1);
    assertThat(across).isPositive();
  }

  @Test
  void aHaltedSymbolDoesNotTrade() {
    var prices = prices(1);
    for (var listing : LISTINGS.all()) {
      if (!listing.symbol().equals("AAPL")) {
        prices.halt(listing.symbol(), "T1", START);
      }
    }
    var saved = new Prices(LISTINGS, prices.state(), 1, START);
    for (int tick = 0; tick < 2_000; tick++) {
      saved
          .next(START.plusMillis(25L * tick), true)
          .ifPresent(trade -> assertThat(trade.symbol()).isEqualTo("AAPL"));
    }
    assertThat(saved.resume("KO", START)).isPresent();
    assertThat(saved.isHalted("KO")).isFalse();
    assertThat(saved.resume("KO", START)).isEmpty();
  }

  @Test
  void theStatusOfAHaltFollowsTheTape() {
    var nasdaq = prices(1).halt("AAPL", "T12", START);
    assertThat(nasdaq.code()).isEqualTo("H");
    assertThat(nasdaq.reasonText()).contains("NASDAQ");
    assertThat(prices(1).halt("KO", "M", START).code()).isEqualTo("2");
    var prices = prices(1);
    prices.halt("AAPL", "T1", START);
    assertThat(prices.resume("AAPL", START).orElseThrow().code()).isEqualTo("T");
  }

  @Test
  void aSavedProcessContinuesWhereItStood() {
    var prices = prices(5);
    ticks(prices, 500);
    var later = START.plusSeconds(500);
    var one = new Prices(LISTINGS, prices.state(), 1, later);
    var two = new Prices(LISTINGS, prices.state(), 1, later);
    for (var listing : LISTINGS.all()) {
      var symbol = listing.symbol();
      assertThat(one.mark(symbol).last()).isEqualTo(prices.mark(symbol).last());
      assertThat(one.mark(symbol).previousClose()).isEqualTo(prices.mark(symbol).previousClose());
    }
    assertThat(one.next(later.plusSeconds(1), true))
        .isEqualTo(two.next(later.plusSeconds(1), true));
    assertThat(one.state().lastTradeId()).isGreaterThan(prices.state().lastTradeId());
  }

  @Test
  void theEndOfADayMakesTheLastPriceThePreviousClose() {
    var prices = prices(1);
    prices.move("AAPL", new BigDecimal("240.00"), START);
    prices.endDay(START);
    prices.move("AAPL", new BigDecimal("250.00"), START);
    assertThat(prices.mark("AAPL").previousClose()).isEqualByComparingTo("240");
    assertThat(prices.mark("AAPL").day().open()).isEqualByComparingTo("250");
    assertThat(prices.mark("AAPL").previousDay().close()).isEqualByComparingTo("240");
  }

  @Test
  void aMinuteBarTellsTheTradesOfItsMinute() {
    var prices = prices(1);
    prices.endMinute(START);
    for (var price : List.of("232.00", "234.00", "231.00", "233.00")) {
      prices.move("AAPL", new BigDecimal(price), START);
    }
    var bars = prices.endMinute(START.plusSeconds(60));
    assertThat(bars).extracting(MinuteBar::symbol).containsExactly("AAPL");
    var bar = bars.getFirst().bar();
    assertThat(bar.start()).isEqualTo(START);
    assertThat(bar.open()).isEqualByComparingTo("232");
    assertThat(bar.high()).isEqualByComparingTo("234");
    assertThat(bar.low()).isEqualByComparingTo("231");
    assertThat(bar.close()).isEqualByComparingTo("233");
    assertThat(bar.trades()).isEqualTo(4);
    assertThat(prices.endMinute(START.plusSeconds(120))).isEmpty();
  }

  @Test
  void aSymbolThatIsNotListedIsNamed() {
    var prices = prices(1);
    assertThatThrownBy(() -> prices.mark("NOPE")).hasMessageContaining("NOPE");
  }

  private static double last(Prices prices, String symbol) {
    return prices.mark(symbol).last().doubleValue();
  }

  private static double correlation(double[] one, double[] two) {
    double meanOne = Arrays.stream(one).average().orElseThrow();
    double meanTwo = Arrays.stream(two).average().orElseThrow();
    double both = 0;
    double squaresOne = 0;
    double squaresTwo = 0;
    for (int index = 0; index < one.length; index++) {
      both += (one[index] - meanOne) * (two[index] - meanTwo);
      squaresOne += Math.pow(one[index] - meanOne, 2);
      squaresTwo += Math.pow(two[index] - meanTwo, 2);
    }
    return both / Math.sqrt(squaresOne * squaresTwo);
  }

  private static Prices prices(long seed) {
    return new Prices(LISTINGS, new SeededRandom(seed), 1, START);
  }

  private static List<Tick> ticks(Prices prices, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> prices.next(START.plusMillis(25L * number), true).orElseThrow())
        .toList();
  }
}
