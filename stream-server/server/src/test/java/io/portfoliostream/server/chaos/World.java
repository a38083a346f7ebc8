package io.portfoliostream.server.chaos;

import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.orders.Permission;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.TestDatabase;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import io.portfoliostream.simulator.broker.FillPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;

/// One run of one seed: a broker, a database, several users, and one life of the server after the
/// other.
final class World implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final int SYMBOLS = 6;
  private static final int POSITIONS = 3;
  private static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");

  final BrokerSimulator simulator;
  final Brokerage broker;
  final List<Client> clients = new ArrayList<>();
  final TestDatabase database;
  private final SplittableRandom random;
  private final RandomFaults faults;
  private final Totals totals;
  private final FastTime time;
  private Incarnation server;
  private int lives = 1;

  /// A user with what they do and what they see.
  record Client(UserId user, Trader trader, PortfolioView view) {}

  World(long seed, Totals totals) throws IOException {
    this.random = new SplittableRandom(seed);
    this.totals = totals;
    this.faults = new RandomFaults(random.split());
    this.time = new FastTime(NOON.plusSeconds(random.nextInt(7_200)));
    this.database = TestDatabase.fresh();
    time.setIn(database);
    var accounts = random.nextInt(3, 6);
    this.simulator = BrokerSimulator.start(options(seed, accounts), time);
    this.broker = new Brokerage(simulator, random.split(), totals);
    var links = Incarnation.accounts(database.dataSource());
    for (var number = 1; number <= accounts; number++) {
      var profile = simulator.account("load%04d".formatted(number));
      var user = database.user(profile.name());
      var keys = new ApiKey(profile.key(), profile.secret());
      links.link(LinkedAccount.of(user, Incarnation.ENVIRONMENT, keys));
      clients.add(
          new Client(
              user, new Trader(user, random.split(), broker, totals), new PortfolioView(user)));
    }
    this.server = begin();
  }

  private static SimulatorOptions options(long seed, int accounts) {
    return SimulatorOptions.defaults()
        .withSeed(seed)
        .withTicksPerSecond(0)
        .withPositionsPerAccount(POSITIONS)
        .withSymbols(SYMBOLS)
        .withLoadAccounts(accounts)
        .withRequestsPerMinute(0)
        .withFills(
            new FillPolicy(
                Duration.ofMillis(15), Duration.ofMillis(50), Duration.ofMillis(600), 0.3));
  }

  /// The present life of the server.
  Incarnation server() {
    return server;
  }

  /// Lets things happen.
  void run(int steps, int crashes) throws InterruptedException {
    var crashSteps = random.ints(crashes, 1, steps).boxed().toList();
    for (var step = 0; step < steps; step++) {
      time.await(Duration.ofMillis(random.nextInt(50, 400)));
      step();
      if (crashSteps.contains(step)) {
        crash();
      }
    }
  }

  private void step() {
    var client = clients.get(random.nextInt(clients.size()));
    var account = client.user().value();
    switch (random.nextInt(34)) {
      case 0, 1, 2, 3, 4 -> broker.movePrice();
      case 5, 6, 7, 8 -> broker.act(account);
      case 9, 10, 11, 12, 13, 14, 15, 16 -> faults.draw(account).forEach(simulator.faults()::post);
      case 17, 18 -> catchUp(client.view());
      case 19 -> {
        server.loseDatabase(Duration.ofMillis(random.nextInt(500, 6_000)));
        totals.fault("database away", 1);
      }
      case 20 -> {
        time.skip(Duration.ofSeconds(random.nextInt(30, 1_000)));
        totals.fault("standstill", 1);
      }
      default -> client.trader().act(server);
    }
  }

  private void catchUp(PortfolioView view) {
    try {
      view.catchUp(server.ledger.reads());
    } catch (LedgerUnavailable e) {
      totals.count("unavailable");
    }
  }

  /// The server is killed at some point of what it does, while its users go on.
  private void crash() {
    var killed = server;
    var delay = random.nextInt(8_000_000);
    var death =
        CompletableFuture.runAsync(
            () -> {
              LockSupport.parkNanos(delay);
              killed.kill();
            },
            task -> Thread.ofVirtual().start(task));
    try {
      for (var orders = random.nextInt(4); orders > 0; orders--) {
        clients.get(random.nextInt(clients.size())).trader().act(server);
      }
    } finally {
      death.join();
    }
    totals.count("crashes");
    server = begin();
    clients.forEach(client -> client.trader().sendAgain(server));
  }

  private Incarnation begin() {
    var begun = new Incarnation(database.dataSource(), simulator, time, lives++);
    FastTime.until(
        () -> "every user may trade",
        PATIENCE,
        () ->
            clients.stream()
                .allMatch(client -> begun.syncs.permission(client.user()) == Permission.TRADE));
    clients.forEach(client -> client.view().connect(begun.bus, begun.ledger.reads()));
    return begun;
  }

  /// Ends all faults, and waits until whatever was begun is done.
  void heal() {
    for (var posted : simulator.faults().totals().entrySet()) {
      totals.fault(posted.getKey(), posted.getValue());
    }
    simulator.faults().clear(_ -> true);
    server.findDatabase();
    clients.forEach(client -> client.trader().sendAgain(server));
    FastTime.until(
        () -> "all jobs are done; left are " + jobsLeft(),
        PATIENCE,
        () -> database.count("select count(*) from job where state in ('ready', 'running')") == 0);
    simulator.fillNow();
    awaitQuiet();
  }

  /// What the broker tells of before the faults ended is on its way for a moment.
  private void awaitQuiet() {
    var known = new AtomicReference<>(heads());
    var since = new AtomicLong(time.nanos());
    FastTime.until(
        () -> "nothing is booked any more",
        PATIENCE,
        () -> {
          var now = heads();
          if (!now.equals(known.getAndSet(now))) {
            since.set(time.nanos());
          }
          return time.nanos() - since.get() > QUIET.toNanos();
        });
  }

  private Map<UserId, PortfolioReads.Position> heads() {
    return server.ledger.reads().positions(clients.stream().map(Client::user).toList());
  }

  private List<String> jobsLeft() {
    return Jdbi.create(database.dataSource())
        .withHandle(handle ->
            handle
                .createQuery(
                    "select j::text || ' of ' || o.body::text from job j"
                        + " join customer_order o on o.id = j.order_id"
                        + " where j.state in ('ready', 'running')")
                .mapTo(String.class)
                .list());
  }

  @Override
  public void close() {
    server.close();
    simulator.close();
    database.close();
  }
}
