package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Pulses;
import io.portfoliostream.server.marks.Way;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The meters of market data: how old the last price is, how prices arrive, how right the clock is.
public final class MarketMeters {
  private static final double MILLIS = 1_000;

  private MarketMeters() {}

  /// What is measured.
  ///
  /// @param lastTickAt when the last price arrived
  /// @param givenUp how many mute connections were given up
  public record Sources(
      Supplier<Optional<Instant>> lastTickAt,
      Pulses pulses,
      Halts halts,
      MarketClock clock,
      LongSupplier givenUp) {}

  /// Registers the meters.
  public static void bind(MeterRegistry registry, Sources sources, InstantSource clock) {
    Gauge.builder("portfolio.market.last.tick.age.seconds", () -> age(sources, clock))
        .description("Time since the broker's last price; not a number before the first")
        .register(registry);
    for (var way : Way.values()) {
      Gauge.builder("portfolio.market.symbols", () -> sources.pulses().count(way))
          .tag("way", way.name().toLowerCase(Locale.ROOT))
          .description("Wanted symbols by how their prices arrive")
          .register(registry);
    }
    Gauge.builder("portfolio.market.open", () -> isOpen(sources.clock()) ? 1 : 0)
        .description("Whether the regular session runs")
        .register(registry);
    Gauge.builder("portfolio.market.halted", () -> sources.halts().count())
        .description("Symbols whose trading is halted")
        .register(registry);
    Gauge.builder("portfolio.broker.clock.ahead.seconds", () -> seconds(sources.clock().skew()))
        .description("How far the broker's clock is ahead of ours")
        .register(registry);
    FunctionCounter.builder("portfolio.market.mute", sources, given -> given.givenUp().getAsLong())
        .description("Connections that were given up because no trade arrived")
        .register(registry);
  }

  private static boolean isOpen(MarketClock clock) {
    return clock.now().filter(hours -> hours.isOpen()).isPresent();
  }

  private static double age(Sources sources, InstantSource clock) {
    return sources
        .lastTickAt()
        .get()
        .map(at -> seconds(Duration.between(at, clock.instant())))
        .orElse(Double.NaN);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
