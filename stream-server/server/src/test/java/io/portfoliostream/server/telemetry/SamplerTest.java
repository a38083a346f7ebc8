package io.portfoliostream.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.portfoliostream.server.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The alerts see what the meters say.
class SamplerTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final Telemetry telemetry = new Telemetry("n1");
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicInteger symbols = new AtomicInteger(3);
  private final AtomicReference<Double> lastTick = new AtomicReference<>(2.0);
  private final AtomicReference<Double> lastEvent = new AtomicReference<>(7.0);
  private final Sampler sampler = new Sampler(telemetry.registry(), clock, open::get);

  SamplerTest() {
    var registry = telemetry.registry();
    Gauge.builder("portfolio.market.symbols", symbols::get).tag("way", "stream").register(registry);
    Gauge.builder("portfolio.market.last.tick.age.seconds", lastTick::get).register(registry);
    Gauge.builder("portfolio.broker.last.event.age.seconds", lastEvent::get).register(registry);
    Gauge.builder("portfolio.market.open", () -> 1).register(registry);
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void theSilenceIsThatOfTheQuieterKindOfStream() {
    assertThat(silence()).isEqualTo(7);

    lastTick.set(130.0);
    assertThat(silence()).isEqualTo(130);

    lastEvent.set(150.0);
    assertThat(silence()).isEqualTo(150);
  }

  @Test
  void pricesThatNobodyWantsAreNotMissed() {
    lastTick.set(9_000.0);
    symbols.set(0);

    assertThat(silence()).isEqualTo(7);
  }

  @Test
  void beforeTheFirstPriceTheSilenceBeganWithTheServer() {
    lastTick.set(Double.NaN);
    clock.advance(Duration.ofSeconds(90));

    assertThat(silence()).isEqualTo(90);
  }

  @Test
  void aNodeThatTakesNoStreamsSaysSo() {
    assertThat(sampler.sample().load().open()).isTrue();
    assertThat(sampler.sample().sources().marketOpen()).isTrue();

    open.set(false);

    assertThat(sampler.sample().load().open()).isFalse();
  }

  private double silence() {
    return sampler.sample().sources().silenceSeconds();
  }
}
