package io.portfoliostream.server;

import io.portfoliostream.protocol.Operations;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.broker.CredentialVault;
import io.portfoliostream.server.broker.EquityCurves;
import io.portfoliostream.server.broker.LinkedAccounts;
import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.config.DatabaseConfig;
import io.portfoliostream.server.config.ServerConfig;
import io.portfoliostream.server.database.DataFolder;
import io.portfoliostream.server.database.Database;
import io.portfoliostream.server.database.DatabaseSettings;
import io.portfoliostream.server.gateway.GatewayParts;
import io.portfoliostream.server.gateway.GatewayServer;
import io.portfoliostream.server.ledger.Corrections;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.SavedMarks;
import io.portfoliostream.server.ledger.UnknownEvents;
import io.portfoliostream.server.orders.JobQueue;
import io.portfoliostream.server.orders.JobRunner;
import io.portfoliostream.server.orders.OrderChanges;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.orders.Permission;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.rollout.RolloutStore;
import io.portfoliostream.server.rollout.RolloutSwitch;
import io.portfoliostream.server.stream.Departure;
import io.portfoliostream.server.stream.Scheduler;
import io.portfoliostream.server.stream.StreamHub;
import io.portfoliostream.server.stream.StreamRuntime;
import io.portfoliostream.server.stream.StreamSettings;
import io.portfoliostream.server.stream.StreamSources;
import io.portfoliostream.server.stream.WireView;
import io.portfoliostream.server.sync.AccountLinking;
import io.portfoliostream.server.sync.AccountSyncs;
import io.portfoliostream.server.sync.Reconciliation;
import io.portfoliostream.server.sync.SyncParts;
import io.portfoliostream.server.telemetry.RolloutMeters;
import io.portfoliostream.server.telemetry.StreamMeters;
import io.portfoliostream.server.telemetry.SyncMeters;
import io.portfoliostream.server.telemetry.Telemetry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// The running server. Starting it starts everything; closing it says goodbye to clients first and
/// stops the database last.
public final class StreamServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StreamServer.class.getName());

  private static final int POOL = 16;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration FOLLOW_ROLLOUT = Duration.ofSeconds(1);
  private static final Duration EQUITY_PATIENCE = Duration.ofSeconds(8);

  private final ServerConfig config;
  private final Platform platform;
  private final Deque<AutoCloseable> lifetimes = new ArrayDeque<>();
  private final Upkeep upkeep;
  private final MarketParts market;
  private final MarketSide marketSide;
  private final EventBus bus;
  private final Database database;
  private final RolloutSwitch rollout;
  private final StreamHub hub;
  private final GatewayServer gateway;
  private final Monitoring monitoring;
  private final Departure departure;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  /// Builds and starts a server.
  ///
  /// @throws RuntimeException naming what is wrong; nothing stays running then
  public static StreamServer start(ServerConfig config) {
    return new StreamServer(config, Platform.real());
  }

  private StreamServer(ServerConfig config, Platform platform) {
    this.config = config;
    this.platform = owned(platform);
    try {
      this.market = MarketParts.create(platform.clock());
      this.bus = owned(new InProcessBus());
      this.upkeep = new Upkeep(platform);
      var folder = owned(DataFolder.take(config.dataDir()));
      this.database = owned(Database.open(databaseSettings(config)));
      var telemetry = owned(new Telemetry(config.nodeName()));
      var access = Access.create(database.dataSource(), config.access(), platform);
      upkeep.hourly(access::forgetOld);
      warnOfCertificate();
      var ledger =
          new Ledger(database.dataSource(), platform.clock(), platform::newSecretId, bus::publish);
      this.rollout =
          owned(
              RolloutSwitch.start(
                  new RolloutStore(database.dataSource()), bus, config.stream().realtime()));
      upkeep.every(FOLLOW_ROLLOUT, rollout::refresh);
      var meters = new StreamMeters(telemetry.registry());
      this.hub = owned(hub(ledger, access, meters));
      meters.show(hub::stats);
      this.monitoring = owned(monitoring(telemetry));
      var broker = owned(new BrokerSide(config.broker(), platform));
      this.marketSide = owned(new MarketSide(broker, market, platform, bus::publishTicks));
      marketSide.show(telemetry.registry());
      var orders = startBrokerSide(broker, ledger, telemetry, linkedAccounts(folder, access));
      this.gateway = owned(gateway(access, ledger, orders, telemetry, meters));
      this.departure =
          new Departure(hub, gateway::drain, plan(), platform.nanos(), platform.pause()::await);
      monitoring.start();
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  /// The port of the public listener.
  public int port() {
    return gateway.port();
  }

  /// The port of the management listener.
  public int managementPort() {
    return gateway.managementPort();
  }

  /// Where the data are, without credentials.
  public String databaseUrl() {
    return database.url();
  }

  /// The longest time that saying goodbye to the clients takes.
  public Duration longestDeparture() {
    return plan().longest();
  }

  /// Returns when the server was closed.
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /// Tells clients to come back later, lets them go in stages, and stops. What was accepted is in
  /// the database. A second call waits for the first.
  @Override
  public void close() {
    if (leaving.compareAndSet(false, true)) {
      try {
        departure.run();
        hub.close();
        closeAll();
      } finally {
        ended.countDown();
      }
    }
    try {
      awaitEnd();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Begins to close, on a thread that outlives the workers.
  private Operations.Draining leave() {
    var connections = hub.stats().connections();
    var _ = Thread.ofPlatform().name("leave").start(this::close);
    return new Operations.Draining(config.nodeName(), connections, longestDeparture().toMillis());
  }

  private Departure.Plan plan() {
    var grace = StreamSettings.defaults(config.nodeName()).sending().closeGrace();
    return new Departure.Plan(
        config.operations().drainNotice(), config.operations().drainSpread(), grace);
  }

  private Monitoring monitoring(Telemetry telemetry) {
    var made =
        new Monitoring(
            config.nodeName(),
            telemetry,
            platform,
            () -> rollout.state().rollout().enabled() && !leaving.get());
    var webhook = config.operations().alertWebhook();
    if (webhook != null) {
      made.post(webhook, config.nodeName());
    }
    return made;
  }

  private Orders startBrokerSide(
      BrokerSide broker, Ledger ledger, Telemetry telemetry, LinkedAccounts accounts) {
    var background =
        new Ledger(database.background(), platform.clock(), platform::newSecretId, bus::publish);
    var booking = new OrderBooking(platform::newId);
    var unknown = new UnknownEvents(database.dataSource(), platform.clock());
    var reconciliation =
        new Reconciliation(background, booking, platform.clock(), platform.pause());
    var parts =
        new SyncParts(
            background,
            booking,
            unknown,
            reconciliation,
            market.feeds(),
            market.interest(),
            new SyncMeters(telemetry.registry(), upkeep::depth),
            platform.clock(),
            platform.workers(),
            platform.pause());
    var connector = broker.connector();
    var syncs = owned(new AccountSyncs(parts, connector, platform.timers()));
    var run = config.nodeName() + ":" + platform.newSecretId();
    var queue = new JobQueue(database.background(), run, LEASE);
    queue.takeOver(config.nodeName());
    startPrices(ledger, queue, unknown);
    syncs.start(accounts.all(connector.environments()));
    var linking = new AccountLinking(accounts, connector, syncs, ledger);
    var submissions =
        owned(
            new JobRunner(
                queue,
                background,
                booking,
                syncs::broker,
                syncs::submitted,
                platform.clock(),
                platform.workers()));
    submissions.start();
    return orders(ledger, submissions, syncs, linking);
  }

  private void startPrices(Ledger ledger, JobQueue queue, UnknownEvents unknown) {
    var saved = new SavedMarks(database.dataSource());
    market.marks().restore(saved.load(platform.clock().instant()));
    upkeep.start(ledger, queue, unknown, market.marks(), saved, marketSide.watch());
    marketSide.start();
  }

  /// The desks that take orders in, and what keeps the accounts.
  private record Orders(
      OrderEntry entry, OrderChanges changes, AccountSyncs syncs, AccountLinking linking) {}

  private Orders orders(
      Ledger ledger, JobRunner submissions, AccountSyncs syncs, AccountLinking linking) {
    Function<UserId, Permission> permissions = syncs::permission;
    return new Orders(
        new OrderEntry(ledger, platform.clock(), platform::newId, permissions, submissions::wake),
        new OrderChanges(ledger, platform.clock(), platform::newId, permissions, submissions::wake),
        syncs,
        linking);
  }

  private LinkedAccounts linkedAccounts(DataFolder folder, Access access) {
    var configured = config.access().credentialsKey();
    var key = configured == null ? folder.credentialsKey(platform.random()) : configured.bytes();
    var older = config.access().olderKeys().stream().map(each -> each.bytes()).toList();
    var vault = new CredentialVault(key, older, platform.random());
    var accounts = new LinkedAccounts(database.dataSource(), vault);
    var resealed = accounts.reseal();
    if (resealed > 0) {
      LOG.log(Level.INFO, "sealed the credentials of {0} accounts anew", resealed);
    }
    new DemoUsers(access.users(), accounts).ensure(config.access(), config.broker());
    return accounts;
  }

  private StreamHub hub(Ledger ledger, Access access, StreamMeters meters) {
    var stream = config.stream();
    var defaults = StreamSettings.defaults(config.nodeName());
    var settings =
        defaults
            .with(
                new StreamSettings.Conflation(
                    stream.window(), stream.maxWait(), defaults.conflation().maxWindow()))
            .with(
                new StreamSettings.Heartbeat(
                    stream.heartbeatInterval(), stream.heartbeatTimeout()));
    return new StreamHub(
        settings,
        new StreamSources(
            ledger.reads(),
            bus,
            market.marks(),
            market.feeds(),
            market.interest(),
            access.sessions()::stillValid),
        new StreamRuntime(
            platform.clock(),
            platform.nanos(),
            Scheduler.on(platform.streamTimer()),
            platform.workers(),
            platform.random(),
            meters));
  }

  private GatewayServer gateway(
      Access access, Ledger ledger, Orders orders, Telemetry telemetry, StreamMeters meters) {
    var defaults = StreamSettings.defaults(config.nodeName());
    return GatewayServer.start(
        new GatewayParts(
            config.network(),
            GatewayParts.Limits.defaults(
                config.stream().connectionsPerUser(),
                defaults.limits().messageBytes(),
                defaults.sending().closeGrace()),
            access.edge(),
            new GatewayParts.Portfolios(
                ledger.reads(),
                new WireView(market.marks(), market.feeds()),
                orders.entry(),
                orders.changes(),
                orders.linking(),
                new Corrections(database.dataSource()),
                orders.syncs()::compareNow,
                hub,
                bus,
                marketSide.desk(),
                new EquityCurves(
                    orders.syncs()::linked, platform.clock(), platform.workers(), EQUITY_PATIENCE)),
            new GatewayParts.Support(
                platform.clock(),
                platform.nanos(),
                Scheduler.on(platform.streamTimer()),
                platform::newSecretId,
                platform.random(),
                telemetry,
                meters),
            steering(telemetry),
            this::health));
  }

  private GatewayParts.Steering steering(Telemetry telemetry) {
    return new GatewayParts.Steering(
        config.nodeName(),
        rollout,
        new RolloutMeters(telemetry.registry(), rollout, platform.clock()),
        monitoring.stats()::stats,
        monitoring.alerts(),
        this::leave);
  }

  private Rest.Health health() {
    var reached = upkeep.isDatabaseReached();
    return new Rest.Health(
        reached ? "up" : "degraded",
        new Rest.Health.Realtime(rollout.state().rollout().enabled()),
        new Rest.Health.Broker(
            config.broker().environment().name().toLowerCase(Locale.ROOT),
            market.feeds().marketData().live() ? "live" : "stale"),
        reached ? "up" : "down",
        "in-process",
        version());
  }

  private static String version() {
    return Optional.ofNullable(StreamServer.class.getPackage())
        .map(Package::getImplementationVersion)
        .orElse("development");
  }

  private void warnOfCertificate() {
    Optional.ofNullable(config.network().tls())
        .flatMap(tls -> tls.concern(platform.clock().instant()))
        .ifPresent(concern -> LOG.log(Level.WARNING, concern));
  }

  static DatabaseSettings databaseSettings(ServerConfig config) {
    return switch (config.database()) {
      case DatabaseConfig.Embedded(int port) ->
          new DatabaseSettings.Embedded(DataFolder.postgres(config.dataDir()), port, POOL);
      case DatabaseConfig.External(var url, var user, var password) ->
          new DatabaseSettings.External(
              url, user, password == null ? null : password.value(), POOL);
    };
  }

  private <T extends AutoCloseable> T owned(T part) {
    lifetimes.push(part);
    return part;
  }

  private void closeAll() {
    while (!lifetimes.isEmpty()) {
      var part = lifetimes.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, part.getClass().getSimpleName() + " did not close", e);
      }
    }
  }
}
