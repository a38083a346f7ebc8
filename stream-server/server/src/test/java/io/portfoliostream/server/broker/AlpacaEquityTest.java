package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.alpaca.AlpacaEndpoints;
import io.portfoliostream.alpaca.AlpacaRest;
import io.portfoliostream.alpaca.Backoff;
import io.portfoliostream.alpaca.RestPolicy;
import io.portfoliostream.alpaca.Timing;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The equity curve from a broker that was written from the protocol and not from the client.
class AlpacaEquityTest {
  private final BrokerSimulator simulator = simulator();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @AfterEach
  void stop() {
    simulator.close();
    http.shutdownNow();
  }

  @Test
  void theNewestPointIsWhatTheAccountIsWorthNow() {
    var curve = account().equity(new EquityQuery("1M", "1D"));

    var told = simulator.call(exchange -> exchange.sheet(exchange.book("demo")).equity());
    assertThat(curve.timeframe()).isEqualTo("1D");
    assertThat(curve.baseValue()).isNotNull();
    assertThat(curve.baseValueAsOf()).isNotNull();
    assertThat(curve.points()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(curve.points().getLast().equity().subtract(told).abs())
        .as("the broker rounds to cents")
        .isLessThan(new BigDecimal("0.01"));
  }

  @Test
  void aBrokerThatIsAwayIsUnavailable() {
    var account = account();
    simulator.close();

    assertThatThrownBy(() -> account.equity(new EquityQuery("1D", "5Min")))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageContaining("the equity curve");
  }

  private BrokerAccount account() {
    var demo = simulator.account("demo");
    var usual = RestPolicy.defaults();
    return new AlpacaBrokerAccount(
        new AlpacaRest(
            http,
            new AlpacaEndpoints(
                simulator.rest(), simulator.stream(), simulator.rest(), simulator.data()),
            new ApiKey(demo.key(), demo.secret()),
            new RestPolicy(
                usual.rates(),
                Duration.ofSeconds(5),
                1,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 0),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                usual.maxAnswerBytes()),
            new Timing(InstantSource.system(), System::nanoTime, _ -> {}, new SplittableRandom(1))),
        InstantSource.system());
  }

  private static BrokerSimulator simulator() {
    try {
      return BrokerSimulator.start(
          SimulatorOptions.defaults().withTicksPerSecond(0), ManualClock.atNoon());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
