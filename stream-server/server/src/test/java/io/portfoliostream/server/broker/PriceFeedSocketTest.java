package io.portfoliostream.server.broker;

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
import io.portfoliostream.server.market.AssetDirectory;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.Halt;
import io.portfoliostream.server.marks.Halts;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.marks.Pulses;
import io.portfoliostream.server.marks.Way;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

/// Market data over real sockets, from a broker that was written from the protocol and not from the
/// client.
class PriceFeedSocketTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BrokerSimulator broker = simulator();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final MarkBook book = new MarkBook();
  private final Interest interest = new Interest();
  private final Pulses pulses = new Pulses();
  private final Halts halts = new Halts();
  private final MarketReads reads = new AlpacaMarketReads(rest());
  private final Drive drive = new Drive(InstantSource.system(), Scheduler.on(timers), workers);

  @AfterEach
  void stop() {
    broker.close();
    timers.shutdownNow();
    workers.shutdownNow();
    http.shutdownNow();
  }

  @Test
  void aLostConnectionComesBackWithWhatWasMissed() {
    interest.want("AAPL");
    try (var feed = feed(30)) {
      feed.start();
      await("seeded and streaming", () -> feed.isStreamed("AAPL") && book.mark("AAPL").isPresent());

      broker.setPrice("AAPL", new BigDecimal("250.10"));
      await("ticked", () -> price("AAPL").equals("250.10"));

      broker.dropDataStreams();
      broker.setPrice("AAPL", new BigDecimal("250.20"));
      await("caught up", () -> feed.isStreamed("AAPL") && price("AAPL").equals("250.20"));
    }
  }

  @Test
  void whatThePlanDoesNotStreamMovesAllTheSame() {
    interest.want("AAPL");
    interest.want("AAPL");
    interest.want("MSFT");
    try (var feed = feed(1)) {
      feed.start();
      await("one streams", () -> feed.isStreamed("AAPL"));
      assertThat(feed.isStreamed("MSFT")).isFalse();
      assertThat(pulses.count(Way.POLLED)).isOne();

      broker.setPrice("MSFT", new BigDecimal("431.50"));

      await("polled", () -> price("MSFT").equals("431.50"));
    }
  }

  @Test
  void aHaltIsKnownUntilTradingResumes() {
    interest.want("AAPL");
    interest.want("JPM");
    try (var feed = feed(30)) {
      feed.start();
      await("streaming", () -> feed.isStreamed("AAPL") && feed.isStreamed("JPM"));

      halt("AAPL", "T1");
      halt("JPM", "P");
      await("halted on both tapes", () -> halts.count() == 2);
      assertThat(halts.of("AAPL")).get().extracting(Halt::reason).asString().contains("News");

      resume("AAPL");
      resume("JPM");
      await("resumed", () -> halts.count() == 0);
    }
  }

  @Test
  void theBrokersHoursAssetsAndQuotesAreUnderstood() {
    var clock = new MarketClock(InstantSource.system());
    var assets = new AssetDirectory();
    try (var knowledge = new MarketKnowledge(reads, clock, assets, drive)) {
      knowledge.start();
      await("hours", () -> clock.now().isPresent());
      await("assets", () -> assets.find("AAPL").isPresent());
      await("open around the clock", () -> clock.now().orElseThrow().isOpen());
    }
    var desk = new QuoteDesk(reads, book, new Halts(), _ -> false, InstantSource.system());

    var quotes = desk.quotes(Set.of("AAPL", "NOPE"));

    assertThat(quotes).containsOnlyKeys("AAPL");
    assertThat(quotes.values()).allMatch(quote -> !quote.stale() && quote.offers() != null);
    assertThat(clock.skew().abs()).isLessThan(Duration.ofSeconds(5));
  }

  private void halt(String symbol, String reason) {
    broker.call(exchange -> {
      exchange.halt(symbol, reason);
      return true;
    });
  }

  private void resume(String symbol) {
    broker.call(exchange -> {
      exchange.resume(symbol);
      return true;
    });
  }

  private PriceFeed feed(int limit) {
    return new PriceFeed(
        reads,
        this::stream,
        new PriceFeed.Board(book, interest, pulses, halts),
        book::offer,
        drive,
        limit);
  }

  private TickStream stream(MarketStreamListener listener) {
    return new AlpacaTickStream(
        new MarketStream(
            endpoints(),
            demo(),
            http,
            listener,
            StreamPolicy.defaults(),
            new StreamRuntime(drive.clock(), drive.timers(), new SplittableRandom(1)),
            Set.of(MarketChannel.TRADES, MarketChannel.STATUSES)));
  }

  private AlpacaMarketRest rest() {
    return new AlpacaMarketRest(
        http,
        endpoints(),
        demo(),
        RestPolicy.defaults(),
        new Timing(
            InstantSource.system(),
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

  private String price(String symbol) {
    return book.mark(symbol)
        .map(mark -> mark.price().stripTrailingZeros().setScale(2).toPlainString())
        .orElse("");
  }

  private static void await(String claim, BooleanSupplier condition) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("did not come true within " + PATIENCE + ": " + claim);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
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
