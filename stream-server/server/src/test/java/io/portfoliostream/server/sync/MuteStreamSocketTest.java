package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.alpaca.AlpacaCredentials;
import io.portfoliostream.alpaca.AlpacaEndpoints;
import io.portfoliostream.alpaca.AlpacaMarketRest;
import io.portfoliostream.alpaca.MarketChannel;
import io.portfoliostream.alpaca.MarketStream;
import io.portfoliostream.alpaca.MarketStreamListener;
import io.portfoliostream.alpaca.RestPolicy;
import io.portfoliostream.alpaca.Scheduler;
import io.portfoliostream.alpaca.StreamPolicy;
import io.portfoliostream.alpaca.StreamRuntime;
import io.portfoliostream.alpaca.Timing;
import io.portfoliostream.server.broker.AlpacaMarketReads;
import io.portfoliostream.server.broker.AlpacaTickStream;
import io.portfoliostream.server.broker.Drive;
import io.portfoliostream.server.broker.PriceFeed;
import io.portfoliostream.server.broker.TickStream;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Pulses;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import io.portfoliostream.simulator.faults.Fault;
import io.portfoliostream.simulator.faults.FaultKind;
import io.portfoliostream.simulator.faults.Target;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A market data stream that stays connected, answers pings and tells nothing, over real sockets.
/// Silence is measured by a clock that the test moves.
class MuteStreamSocketTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BrokerSimulator broker = simulator();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ManualClock clock = ManualClock.atNoon();
  private final Drive drive = new Drive(clock, Scheduler.on(timers), workers);
  private final MarkBook book = new MarkBook();
  private final Interest interest = new Interest();
  private final Pulses pulses = new Pulses();
  private final FeedBoard feeds = new FeedBoard(clock.instant());
  private final PriceFeed prices =
      new PriceFeed(
          new AlpacaMarketReads(rest()),
          this::stream,
          new PriceFeed.Board(book, interest, pulses, new Halts()),
          book::offer,
          drive,
          30);
  private final PriceWatch watch =
      new PriceWatch(prices, pulses, new MarketClock(clock), feeds, clock);

  @AfterEach
  void stop() {
    prices.close();
    broker.close();
    timers.shutdownNow();
    workers.shutdownNow();
    http.shutdownNow();
  }

  @Test
  void itIsFoundOutGivenUpAndReplaced() {
    interest.want("AAPL");
    prices.start();
    await("live", () -> prices.isStreamed("AAPL") && isLive());
    broker.faults().post(Fault.of(FaultKind.MUTE).at(Target.feed("iex")).openOnly(true));
    broker.setPrice("AAPL", new BigDecimal("251.00"));
    await("swallowed", () -> broker.faults().total(FaultKind.MUTE) > 0);

    clock.advance(Duration.ofSeconds(21));
    assertThat(isLive()).as("silence alone is no fault").isTrue();
    await("looked up", () -> price().equals("251.00"));
    clock.advance(Duration.ofSeconds(3));

    await("stale", () -> !isLive());
    assertThat(watch.givenUp()).isOne();
    await(
        "live with the next trades",
        () -> {
          broker.setPrice("AAPL", new BigDecimal(price()).add(BigDecimal.ONE));
          return isLive();
        });
    assertThat(watch.givenUp()).isOne();
  }

  private boolean isLive() {
    watch.check();
    return feeds.marketData().live();
  }

  private String price() {
    return book.mark("AAPL").map(mark -> mark.price().setScale(2).toPlainString()).orElse("");
  }

  private TickStream stream(MarketStreamListener listener) {
    return new AlpacaTickStream(
        new MarketStream(
            endpoints(),
            demo(),
            http,
            listener,
            StreamPolicy.defaults(),
            new StreamRuntime(clock, drive.timers(), new SplittableRandom(1)),
            Set.of(MarketChannel.TRADES, MarketChannel.STATUSES)));
  }

  private AlpacaMarketRest rest() {
    return new AlpacaMarketRest(
        http,
        endpoints(),
        demo(),
        RestPolicy.defaults(),
        new Timing(
            clock,
            System::nanoTime,
            pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()),
            new SplittableRandom(2)));
  }

  private AlpacaCredentials demo() {
    var account = broker.account("demo");
    return new AlpacaCredentials.ApiKey(account.key(), account.secret());
  }

  private AlpacaEndpoints endpoints() {
    return new AlpacaEndpoints(broker.rest(), broker.stream(), broker.rest(), broker.data());
  }

  private static void await(String claim, BooleanSupplier condition) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("did not come true within " + PATIENCE + ": " + claim);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static BrokerSimulator simulator() {
    try {
      return BrokerSimulator.start(SimulatorOptions.defaults().withTicksPerSecond(0));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
