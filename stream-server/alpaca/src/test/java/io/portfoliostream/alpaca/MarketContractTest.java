package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Reads of the market against the broker simulator, which was written from the same protocol and
/// not from this client.
class MarketContractTest {
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final BrokerSimulator broker = start();
  private final AlpacaMarketRest rest = rest();

  @AfterEach
  void stop() {
    broker.close();
    http.shutdownNow();
  }

  @Test
  void everyReadOfTheMarketIsUnderstood() {
    var clock = rest.clock();
    var snapshot = Objects.requireNonNull(rest.snapshots(Set.of("AAPL", "NOPE")).get("AAPL"));

    assertThat(clock.nextOpen()).isAfter(clock.timestamp());
    assertThat(Objects.requireNonNull(snapshot.latestTrade()).price()).isPositive();
    assertThat(Objects.requireNonNull(snapshot.latestQuote()).bidPrice()).isPositive();
    assertThat(rest.assets()).extracting(AlpacaAsset::symbol).contains("AAPL", "MSFT");
  }

  @Test
  void theWeekOfThanksgivingHasFourDaysAndAnEarlyClose() {
    var days = rest.calendar(LocalDate.parse("2026-11-23"), LocalDate.parse("2026-11-29"));

    assertThat(days)
        .extracting(AlpacaCalendarDay::date)
        .extracting(LocalDate::getDayOfMonth)
        .containsExactly(23, 24, 25, 27);
    assertThat(days.getLast().close()).isEqualTo(LocalTime.of(13, 0));
    assertThat(days.getFirst().sessionOpen()).isEqualTo(LocalTime.of(4, 0));
  }

  private AlpacaMarketRest rest() {
    var account = broker.account("demo");
    return new AlpacaMarketRest(
        http,
        new AlpacaEndpoints(broker.rest(), broker.stream(), broker.rest(), broker.data()),
        new AlpacaCredentials.ApiKey(account.key(), account.secret()),
        RestPolicy.defaults(),
        new Timing(
            InstantSource.system(), System::nanoTime, Thread::sleep, new SplittableRandom(2)));
  }

  private static BrokerSimulator start() {
    try {
      return BrokerSimulator.start(SimulatorOptions.defaults().withTicksPerSecond(0));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
