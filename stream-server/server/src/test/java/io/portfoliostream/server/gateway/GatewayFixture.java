package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Operations;
import io.portfoliostream.protocol.Rest.Health;
import io.portfoliostream.server.alerts.AlertBoard;
import io.portfoliostream.server.audit.AuditLog;
import io.portfoliostream.server.auth.AccessDatabase;
import io.portfoliostream.server.auth.Costs;
import io.portfoliostream.server.auth.OwnSessions;
import io.portfoliostream.server.auth.PasswordChange;
import io.portfoliostream.server.auth.PasswordCheck;
import io.portfoliostream.server.auth.Passwords;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.auth.SignIn;
import io.portfoliostream.server.auth.UserAdmin;
import io.portfoliostream.server.auth.Users;
import io.portfoliostream.server.broker.EquityHistory;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.config.ServerConfig;
import io.portfoliostream.server.ledger.Corrections;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.market.AssetDirectory;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.orders.OrderChanges;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.orders.Permission;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.rollout.RolloutStore;
import io.portfoliostream.server.rollout.RolloutSwitch;
import io.portfoliostream.server.stream.Scheduler;
import io.portfoliostream.server.stream.StreamHub;
import io.portfoliostream.server.stream.StreamRuntime;
import io.portfoliostream.server.stream.StreamSettings;
import io.portfoliostream.server.stream.StreamSources;
import io.portfoliostream.server.stream.WireView;
import io.portfoliostream.server.sync.KeptAccounts;
import io.portfoliostream.server.telemetry.AlertMeters;
import io.portfoliostream.server.telemetry.RolloutMeters;
import io.portfoliostream.server.telemetry.Sampler;
import io.portfoliostream.server.telemetry.StatsDesk;
import io.portfoliostream.server.telemetry.StreamMeters;
import io.portfoliostream.server.telemetry.Telemetry;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// The whole edge in front of a real ledger, real streams and real sessions; only the broker is
/// missing. Sign-in delays and sessions run on a clock that stands still.
final class GatewayFixture implements AutoCloseable {
  static final Sessions.Rules RULES = new Sessions.Rules(Duration.ofHours(1), Duration.ofHours(8));

  final ManualClock clock = ManualClock.atNoon();
  final Set<UserId> unlinked = ConcurrentHashMap.newKeySet();
  final InProcessBus bus = new InProcessBus();
  final MarkBook marks = new MarkBook();
  final FeedBoard feeds = new FeedBoard(clock.instant());
  final MarketClock marketClock = new MarketClock(clock);
  final AssetDirectory assets = new AssetDirectory();
  volatile MarketDesk.Quotes quotes = _ -> Map.of();
  volatile EquityHistory equity = (_, _) -> Optional.empty();
  final Users users;
  final Sessions sessions;
  final AuditLog audit;
  final Ledger ledger;
  final KeptAccounts kept;
  final StreamHub hub;
  final RolloutSwitch rollout;
  final AlertBoard board = new AlertBoard(clock.instant());
  final AtomicInteger left = new AtomicInteger();
  final Sampler sampler;
  final GatewayServer server;

  private final TestDatabase database = TestDatabase.fresh();
  final FragileDataSource source = new FragileDataSource(database.dataSource());
  private final SecureRandom random = new SecureRandom();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Telemetry telemetry = new Telemetry("test-node");

  GatewayFixture() {
    this(Map.of());
  }

  GatewayFixture(Map<String, String> settings) {
    var jdbi = AccessDatabase.open(source);
    var passwords = Costs.cheapPasswords();
    users = new Users(jdbi, passwords, clock, random);
    sessions = new Sessions(jdbi, clock, random, RULES);
    audit = new AuditLog(jdbi, clock);
    ledger = new Ledger(source, clock, GatewayFixture::newId, bus::publish);
    kept = new KeptAccounts(source, ledger, clock, feeds);
    var meters = new StreamMeters(telemetry.registry());
    hub = hub(meters);
    meters.show(hub::stats);
    rollout = RolloutSwitch.start(new RolloutStore(source), bus, true);
    sampler = new Sampler(telemetry.registry(), clock, () -> true);
    AlertMeters.bind(telemetry.registry(), board, () -> true);
    try {
      server = GatewayServer.start(parts(settings, access(jdbi, passwords), meters));
    } catch (PortTaken e) {
      release();
      throw e;
    }
  }

  private GatewayParts.Access access(Jdbi jdbi, Passwords passwords) {
    var check = new PasswordCheck(users, passwords, clock);
    return new GatewayParts.Access(
        new SignIn(check, sessions),
        sessions,
        new OwnSessions(jdbi, clock, RULES),
        new PasswordChange(jdbi, check, passwords, clock),
        users,
        new UserAdmin(jdbi, users, passwords, clock),
        audit);
  }

  private GatewayParts parts(
      Map<String, String> settings, GatewayParts.Access access, StreamMeters meters) {
    Function<UserId, Permission> permissions =
        user -> unlinked.contains(user) ? Permission.NOT_LINKED : Permission.TRADE;
    return new GatewayParts(
        ServerConfig.parse(withFreePorts(settings)).network(),
        GatewayParts.Limits.defaults(5, 16 * 1024, Duration.ofMillis(200)),
        access,
        new GatewayParts.Portfolios(
            ledger.reads(),
            new WireView(marks, feeds),
            new OrderEntry(ledger, clock, GatewayFixture::newId, permissions, () -> {}),
            new OrderChanges(ledger, clock, GatewayFixture::newId, permissions, () -> {}),
            kept.linking,
            new Corrections(database.dataSource()),
            kept.syncs::compareNow,
            hub,
            bus,
            new MarketDesk(marketClock, assets, symbols -> quotes.of(symbols)),
            (user, query) -> equity.of(user, query)),
        new GatewayParts.Support(
            clock,
            System::nanoTime,
            Scheduler.on(timer),
            GatewayFixture::newId,
            random,
            telemetry,
            meters),
        new GatewayParts.Steering(
            "test-node",
            rollout,
            new RolloutMeters(telemetry.registry(), rollout, clock),
            new StatsDesk("test-node", telemetry.registry(), sampler::sample, board)::stats,
            board,
            this::leave),
        this::health);
  }

  private Operations.Draining leave() {
    left.incrementAndGet();
    return new Operations.Draining("test-node", hub.stats().connections(), 7_000);
  }

  private StreamHub hub(StreamMeters meters) {
    var defaults = StreamSettings.defaults("test-node");
    return new StreamHub(
        defaults,
        new StreamSources(ledger.reads(), bus, marks, feeds, new Interest(), sessions::stillValid),
        new StreamRuntime(
            InstantSource.system(),
            System::nanoTime,
            Scheduler.on(timer),
            workers,
            random,
            meters));
  }

  private static Map<String, String> withFreePorts(Map<String, String> settings) {
    var all =
        new ConcurrentHashMap<>(
            Map.of(
                "STREAM_PORT", "0",
                "MANAGEMENT_PORT", "0",
                "PUBLIC_ORIGINS", "https://app.example.com",
                "READ_ORIGINS", "https://reader.example.com",
                "WRITE_ORIGINS", "https://writer.example.com"));
    all.putAll(settings);
    return all;
  }

  private Health health() {
    return new Health(
        "up",
        new Health.Realtime(rollout.state().rollout().enabled()),
        new Health.Broker("simulator", "live"),
        "up",
        "in-process",
        "test");
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  /// Runs a statement in the database.
  void execute(String sql) {
    database.execute(sql);
  }

  /// The text that a query gives.
  String text(String sql) {
    return Jdbi.create(database.dataSource())
        .withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  Opened session(String name) {
    return session(name, "trader");
  }

  Opened session(String name, String role) {
    return sessions.open(users.ensure(name, "secret of " + name, Set.of(role)), null, null);
  }

  /// Asks on a connection of its own.
  RawSocket.Response ask(String... lines) throws IOException {
    try (var client = new RawSocket(server.port())) {
      return client.ask(RawSocket.request(lines));
    }
  }

  /// Sends a body with whatever method.
  RawSocket.Response send(String line, String body, String... headers) throws IOException {
    try (var client = new RawSocket(server.port())) {
      var lines = Stream.concat(Stream.of(line), Arrays.stream(headers)).toArray(String[]::new);
      return client.ask(RawSocket.request(lines) + body);
    }
  }

  /// A stream that is open.
  RawSocket stream(Opened session) throws IOException {
    var client = new RawSocket(server.port());
    var response = client.ask(RawSocket.upgrade(EdgeFixture.cookie(session)));
    if (response.status() != 101) {
      throw new AssertionError("refused: " + response);
    }
    return client;
  }

  RawSocket.Response get(String path, Opened session) throws IOException {
    return ask("GET " + path + " HTTP/1.1", "Host: localhost", EdgeFixture.cookie(session));
  }

  /// Posts JSON on a connection of its own.
  RawSocket.Response post(String path, String json, String... headers) throws IOException {
    try (var client = new RawSocket(server.port())) {
      return client.ask(RawSocket.post(path, json, headers));
    }
  }

  @Override
  public void close() {
    server.close();
    release();
  }

  private void release() {
    hub.close();
    timer.shutdownNow();
    workers.close();
    telemetry.close();
    bus.close();
    kept.close();
    database.close();
  }
}
