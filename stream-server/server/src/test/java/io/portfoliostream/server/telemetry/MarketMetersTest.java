package io.portfoliostream.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.market.Calendars;
import io.portfoliostream.server.market.ClockReading;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Pulses;
import io.portfoliostream.server.marks.Way;
import io.portfoliostream.server.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MarketMetersTest {
  @Test
  void theAgeOfTheLastPriceAndTheWaysOfTheSymbolsAreShown() {
    var clock = ManualClock.atNoon();
    var now = clock.instant();
    var lastTick = new AtomicReference<Optional<Instant>>(Optional.empty());
    var pulses = new Pulses();
    var halts = new Halts();
    var market = new MarketClock(clock);
    try (var telemetry = new Telemetry("n1")) {
      var sources = new MarketMeters.Sources(lastTick::get, pulses, halts, market, () -> 3L);
      MarketMeters.bind(telemetry.registry(), sources, clock);
      assertThat(telemetry.scrape())
          .contains("portfolio_market_last_tick_age_seconds{node=\"n1\"} NaN");

      lastTick.set(Optional.of(now));
      pulses.follow(Map.of("AAPL", Way.STREAMED, "MSFT", Way.POLLED, "SPY", Way.POLLED), now);
      halts.status("AAPL", "H", "News", now);
      market.learn(Calendars.calendar());
      market.learn(new ClockReading(now.plusMillis(1_500), true, now, now), now, now);
      clock.advance(Duration.ofMillis(2_500));

      assertThat(telemetry.scrape())
          .contains(
              "portfolio_market_last_tick_age_seconds{node=\"n1\"} 2.5",
              "portfolio_market_symbols{node=\"n1\",way=\"streamed\"} 1.0",
              "portfolio_market_symbols{node=\"n1\",way=\"polled\"} 2.0",
              "portfolio_market_halted{node=\"n1\"} 1.0",
              "portfolio_broker_clock_ahead_seconds{node=\"n1\"} 1.5",
              "portfolio_market_mute_total{node=\"n1\"} 3.0");
    }
  }
}
