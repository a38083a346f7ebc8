package io.portfoliostream.simulator;

import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.broker.AccountState;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.ExchangeState;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.desk.Interventions;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.edge.Edge;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.rest.FaultyApi;
import io.portfoliostream.simulator.rest.RateLimit;
import io.portfoliostream.simulator.rest.RestApi;
import io.portfoliostream.simulator.store.FileStore;
import io.portfoliostream.simulator.store.MemoryStore;
import io.portfoliostream.simulator.store.Store;
import io.portfoliostream.simulator.stream.DataFeed;
import io.portfoliostream.simulator.stream.StreamRules;
import io.portfoliostream.simulator.stream.Timer;
import io.portfoliostream.simulator.stream.TradingFeed;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/// An Alpaca-compatible broker in this process: accounts, prices and orders behind one port.
///
/// It is the composition root: it alone makes threads, and hands the clock and the chance to the
/// rest. Safe for use by several threads.
///
/// ```java
/// try (var broker = BrokerSimulator.start(SimulatorOptions.defaults())) {
///   connect(broker.rest(), broker.account("demo").key(), broker.account("demo").secret());
/// }
/// ```
public final class BrokerSimulator implements AutoCloseable {
  private static final Logger LOG = System.getLogger(BrokerSimulator.class.getName());
  private static final Duration STEP = Duration.ofMillis(10);

  private final SimulatorOptions options;
  private final KeyRing keys;
  private final ScheduledExecutorService scheduler;
  private final FaultBoard faults;
  private final Interventions interventions;
  private final Desk desk;
  private final Edge edge;

  private BrokerSimulator(
      SimulatorOptions options,
      KeyRing keys,
      ScheduledExecutorService scheduler,
      FaultBoard faults,
      Interventions interventions,
      Desk desk,
      Edge edge) {
    this.options = options;
    this.keys = keys;
    this.scheduler = scheduler;
    this.faults = faults;
    this.interventions = interventions;
    this.desk = desk;
    this.edge = edge;
  }

  /// Starts a simulator by the system's clock.
  ///
  /// @throws IOException when the port or the data folder cannot be used
  public static BrokerSimulator start(SimulatorOptions options) throws IOException {
    return start(options, InstantSource.system());
  }

  /// Starts a simulator by a clock. With a clock that stands still nothing moves until it does, or
  /// until [#setPrice] and [#fillNow] are called.
  ///
  /// @throws IOException when the port or the data folder cannot be used
  public static BrokerSimulator start(SimulatorOptions options, InstantSource clock)
      throws IOException {
    var store = openStore(options);
    try {
      return start(options, clock, store);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// The port on which it listens.
  public int port() {
    return edge.port();
  }

  /// The base of the REST interface, for trading and for market data.
  public URI rest() {
    return URI.create("http://" + authority());
  }

  /// The trading stream.
  public URI stream() {
    return URI.create("ws://" + authority() + "/stream");
  }

  /// The market data stream.
  public URI data() {
    return URI.create("ws://" + authority() + "/v2/iex");
  }

  /// An account by its name, such as `demo`.
  public AccountProfile account(String name) {
    return keys.profiles().stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such account: " + name));
  }

  /// Makes a trade at a price, as if the market had moved there.
  public void setPrice(String symbol, BigDecimal price) {
    call(exchange -> {
      exchange.movePrice(symbol, price);
      return true;
    });
  }

  /// Routes, fills and cancels now whatever would be routed, filled and canceled later.
  public void fillNow() {
    call(exchange -> {
      exchange.settle();
      return true;
    });
  }

  /// What is to go wrong, and how often it did.
  public FaultBoard faults() {
    return faults;
  }

  /// Schedules the faults and interventions of a script: JSON lines such as
  /// `{"atMs":2000,"account":"demo","fault":"mute"}` and
  /// `{"atMs":9,"action":"halt","symbol":"KO"}`, in milliseconds since the start.
  ///
  /// @throws IOException when the file cannot be read
  /// @throws IllegalArgumentException naming the line that is wrong
  public void runScript(Path script) throws IOException {
    new FaultScript(faults, interventions, keys).schedule(script);
  }

  /// Halts, busts, corrections, drift and money: what happens without an order.
  public Interventions interventions() {
    return interventions;
  }

  /// Cuts all trading streams without a goodbye.
  public void dropStreams() {
    edge.cutTradingStreams();
  }

  /// Cuts all market data streams without a goodbye.
  public void dropDataStreams() {
    edge.cutDataStreams();
  }

  /// Looks into the exchange, or does something with it, on its one timeline.
  public <T> T call(Function<Exchange, T> call) {
    return desk.call(call);
  }

  /// Says goodbye, saves the state and gives up the port. Closing again does nothing.
  @Override
  public void close() {
    scheduler.shutdownNow();
    edge.close();
    desk.close();
  }

  private String authority() {
    return options.host() + ":" + port();
  }

  private static Store openStore(SimulatorOptions options) throws IOException {
    if (options.dataDir() == null) {
      return new MemoryStore();
    }
    try {
      var store = FileStore.open(options.dataDir(), Thread::startVirtualThread);
      if (options.fresh()) {
        store.forget();
      }
      return store;
    } catch (FileSystemException e) {
      // Its message is often no more than the path.
      throw new IOException(
          "data folder %s cannot be used: %s"
              .formatted(options.dataDir(), e.getClass().getSimpleName()),
          e);
    }
  }

  private static BrokerSimulator start(SimulatorOptions options, InstantSource clock, Store store)
      throws IOException {
    var exchange = openExchange(options, clock, store);
    var keys = new KeyRing(exchange.books().stream().map(AccountBook::profile).toList());
    var scheduler = scheduler();
    var timer = new ScheduledTimer(scheduler);
    var rules = StreamRules.of(options.connectionsPerAccount());
    var faults = new FaultBoard(clock, new SplittableRandom(options.seed()));
    var trading = new TradingFeed(keys, exchange.listings(), rules, faults, timer);
    var feeds = dataFeeds(keys, rules, faults, timer);
    var desk = desk(exchange, store, trading, feeds.values());
    var interventions = new Interventions(desk);
    try {
      var edge =
          Edge.open(
              new Edge.Address(options.host(), options.port(), options.tradingFrames()),
              new Edge.Rest(
                  rest(options, clock, desk, interventions, keys, faults),
                  keys,
                  BrokerSimulator::requestId),
              new Edge.Feeds(trading, feeds),
              faults,
              Thread::startVirtualThread,
              timer);
      run(desk, faults, scheduler);
      return new BrokerSimulator(options, keys, scheduler, faults, interventions, desk, edge);
    } catch (IOException | RuntimeException e) {
      scheduler.shutdownNow();
      desk.close();
      throw e;
    }
  }

  private static Desk desk(
      Exchange exchange, Store store, TradingFeed trading, Collection<DataFeed> feeds) {
    return new Desk(
        exchange,
        store,
        (updates, points) -> {
          trading.hear(updates);
          feeds.forEach(feed -> feed.hear(points));
        },
        writer -> Thread.ofPlatform().name("simulator-journal").daemon().start(writer));
  }

  /// The REST interface with its faults.
  private static FaultyApi rest(
      SimulatorOptions options,
      InstantSource clock,
      Desk desk,
      Interventions interventions,
      KeyRing keys,
      FaultBoard faults) {
    var limit = RateLimit.perMinute(options.requestsPerMinute(), clock);
    var api = new RestApi(desk, interventions, keys, faults, limit);
    return new FaultyApi(api, keys, faults, clock);
  }

  /// Opens what the store keeps, with at least as many symbols and accounts as it has.
  private static Exchange openExchange(SimulatorOptions options, InstantSource clock, Store store)
      throws IOException {
    var rules = options.rules();
    var now = clock.instant();
    var saved = store.load();
    int known = saved.map(found -> Listings.countStocks(found.state().market())).orElse(0);
    var listings = Listings.of(Math.max(options.symbols(), known));
    var wanted = DemoAccounts.of(options, listings, now);
    var state =
        saved.isPresent()
            ? withMissing(saved.get().state(), wanted)
            : Exchange.begin(rules, listings, wanted, now);
    var later = saved.map(Store.Saved::later).orElse(List.of());
    var exchange = new Exchange(rules, listings, clock, state, later);
    store.begin(exchange.state());
    return exchange;
  }

  /// Adds the accounts that the options ask for and the saved state does not have.
  private static ExchangeState withMissing(ExchangeState saved, List<AccountState> wanted) {
    var names = new HashSet<String>();
    saved.accounts().forEach(account -> names.add(account.profile().name()));
    var accounts = new ArrayList<>(saved.accounts());
    wanted.stream()
        .filter(account -> !names.contains(account.profile().name()))
        .forEach(accounts::add);
    return new ExchangeState(
        saved.serial(), saved.sources(), saved.closedOn(), saved.market(), accounts);
  }

  private static Map<String, DataFeed> dataFeeds(
      KeyRing keys, StreamRules rules, FaultBoard faults, ScheduledTimer timer) {
    Predicate<String> test = Listings.TEST_SYMBOL::equals;
    return Map.of(
        "/v2/iex", new DataFeed("iex", keys, rules, faults, timer, Listings::isStock),
        "/v2/sip", new DataFeed("sip", keys, rules, faults, timer, Listings::isStock),
        "/v2/test", new DataFeed("test", keys, rules, faults, timer, test),
        "/v1beta3/crypto/us", new DataFeed("crypto", keys, rules, faults, timer, Listings::isCoin));
  }

  private static String requestId() {
    var random = ThreadLocalRandom.current();
    var hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  private static ScheduledExecutorService scheduler() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("simulator-clock").daemon().factory());
  }

  private static void run(Desk desk, FaultBoard faults, ScheduledExecutorService scheduler) {
    var _ =
        scheduler.scheduleWithFixedDelay(
            () -> step(desk, faults), 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void step(Desk desk, FaultBoard faults) {
    try {
      faults.advance();
      desk.advance();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the exchange could not move on", e);
    }
  }

  /// Runs things later on the scheduler; after its end, not at all.
  private record ScheduledTimer(ScheduledExecutorService scheduler) implements Timer {

    @Override
    public void after(Duration delay, Runnable task) {
      try {
        var _ = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        LOG.log(Level.DEBUG, "the simulator is closing", e);
      }
    }
  }
}
