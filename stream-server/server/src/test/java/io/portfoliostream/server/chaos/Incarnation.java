package io.portfoliostream.server.chaos;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portfoliostream.alpaca.AlpacaEndpoints;
import io.portfoliostream.alpaca.RestPolicy;
import io.portfoliostream.alpaca.StreamRuntime;
import io.portfoliostream.alpaca.Timing;
import io.portfoliostream.server.broker.AlpacaConnector;
import io.portfoliostream.server.broker.CredentialVault;
import io.portfoliostream.server.broker.LinkedAccounts;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.UnknownEvents;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.orders.JobQueue;
import io.portfoliostream.server.orders.JobQueue.Depth;
import io.portfoliostream.server.orders.JobRunner;
import io.portfoliostream.server.orders.OrderChanges;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.sync.AccountSyncs;
import io.portfoliostream.server.sync.Reconciliation;
import io.portfoliostream.server.sync.SyncParts;
import io.portfoliostream.server.telemetry.SyncMeters;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.simulator.BrokerSimulator;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// One life of the server's broker side, put together as the server does it.
final class Incarnation implements AutoCloseable {
  /// The environment in which accounts are linked.
  static final String ENVIRONMENT = "simulator";

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final String NODE = "node";

  final InProcessBus bus = new InProcessBus();
  final Ledger ledger;
  final AccountSyncs syncs;
  final OrderEntry entry;
  final OrderChanges changes;
  private final FragileDataSource database;
  private final BrokerSimulator broker;
  private final FastTime time;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService replies = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timers =
      new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
  private final HttpClient http;
  private final JobRunner runner;

  /// Begins a life; earlier ones of the same database are dead.
  Incarnation(DataSource dataSource, BrokerSimulator broker, FastTime time, int number) {
    this.database = new FragileDataSource(dataSource);
    this.broker = broker;
    this.time = time;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(replies)
            .build();
    this.ledger = new Ledger(database, time, () -> UUID.randomUUID().toString(), bus::publish);
    var booking = new OrderBooking(() -> UUID.randomUUID().toString());
    var connector = connector();
    this.syncs = new AccountSyncs(parts(booking), connector, timers);
    var queue = new JobQueue(database, NODE + ":" + number, LEASE);
    queue.takeOver(NODE);
    this.runner =
        new JobRunner(queue, ledger, booking, syncs::broker, syncs::submitted, time, workers);
    this.entry =
        new OrderEntry(
            ledger, time, () -> UUID.randomUUID().toString(), syncs::permission, runner::wake);
    this.changes =
        new OrderChanges(
            ledger, time, () -> UUID.randomUUID().toString(), syncs::permission, runner::wake);
    syncs.start(accounts(database).all(connector.environments()));
    runner.start();
  }

  /// The store of linked accounts in a database.
  static LinkedAccounts accounts(DataSource dataSource) {
    return new LinkedAccounts(dataSource, new CredentialVault(new byte[32], new SecureRandom()));
  }

  /// Puts the database out of reach for a while.
  void loseDatabase(Duration duration) {
    database.goAway();
    var _ = time.scheduler(timers).schedule(duration, database::comeBack);
  }

  /// Brings the database back.
  void findDatabase() {
    database.comeBack();
  }

  /// Ends this life as `kill -9` does: no further statement reaches the database, wherever a
  /// transaction stands, nothing is sent any more, and the sockets are cut.
  void kill() {
    database.die();
    timers.shutdownNow();
    // Before the workers: a client whose threads are gone leaves its callers without an answer.
    http.shutdownNow();
    broker.dropStreams();
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(30, TimeUnit.SECONDS)) {
        throw new AssertionError("a killed server goes on working");
      }
      if (!http.awaitTermination(Duration.ofSeconds(30))) {
        throw new AssertionError("a killed server goes on talking");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      replies.shutdownNow();
    }
  }

  /// Ends this life in order.
  @Override
  public void close() {
    runner.close();
    syncs.close();
    kill();
  }

  private AlpacaConnector connector() {
    var endpoints =
        new AlpacaEndpoints(broker.rest(), broker.stream(), broker.rest(), broker.data());
    return new AlpacaConnector(
        Map.of(ENVIRONMENT, endpoints),
        http,
        RestPolicy.defaults(),
        new Timing(time, time::nanos, time::await, random),
        new StreamRuntime(time, time.scheduler(timers), random));
  }

  private SyncParts parts(OrderBooking booking) {
    return new SyncParts(
        ledger,
        booking,
        new UnknownEvents(database, time),
        new Reconciliation(ledger, booking, time, time::await),
        new FeedBoard(time.instant()),
        new Interest(),
        new SyncMeters(new SimpleMeterRegistry(), () -> new Depth(0, 0, 0)),
        time,
        workers,
        time::await);
  }
}
