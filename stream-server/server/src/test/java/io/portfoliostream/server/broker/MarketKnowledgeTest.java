package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.market.AssetDirectory;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.market.MarketHours;
import io.portfoliostream.server.stream.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MarketKnowledgeTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeMarket market = new FakeMarket(time);
  private final MarketClock clock = new MarketClock(time);
  private final AssetDirectory assets = new AssetDirectory();
  private final MarketKnowledge knowledge =
      new MarketKnowledge(
          market,
          clock,
          assets,
          new Drive(time, (delay, task) -> time.schedule(delay, task)::cancel, time));

  @Test
  void everythingIsReadAtOnce() {
    knowledge.start();
    time.settle();

    assertThat(clock.now()).get().extracting(MarketHours::isOpen).isEqualTo(true);
    assertThat(clock.skew()).isZero();
    assertThat(assets.find("AAPL")).isPresent();
  }

  @Test
  void theClockIsReadEachMinuteAndTheOthersEachDay() {
    knowledge.start();
    time.advance(Duration.ofMinutes(10));

    assertThat(market.asked).containsOnlyOnce("calendar", "assets");
    assertThat(market.asked).filteredOn("clock"::equals).hasSize(11);

    time.advance(Duration.ofDays(1));
    assertThat(market.asked).filteredOn("calendar"::equals).hasSize(2);
    assertThat(market.asked).filteredOn("assets"::equals).hasSize(2);
  }

  @Test
  void whatIsKnownStaysWhileTheBrokerIsAway() {
    knowledge.start();
    time.settle();
    market.away = true;

    time.advance(Duration.ofDays(2));

    assertThat(clock.now()).get().extracting(MarketHours::isOpen).isEqualTo(true);
    assertThat(assets.isEmpty()).isFalse();
  }

  @Test
  void whatCouldNotBeReadIsReadSoonAfter() {
    market.away = true;
    knowledge.start();
    time.settle();
    assertThat(clock.now()).isEmpty();

    market.away = false;
    time.advance(MarketKnowledge.AGAIN);

    assertThat(clock.now()).isPresent();
    assertThat(assets.isEmpty()).isFalse();
  }

  @Test
  void aClosedOneReadsNoMore() {
    knowledge.start();
    time.settle();
    knowledge.close();
    market.asked.clear();

    time.advance(Duration.ofDays(2));

    assertThat(market.asked).isEmpty();
    assertThat(time.pending()).isZero();
  }
}
