package io.portfoliostream.server.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portfoliostream.server.auth.Authenticator;
import io.portfoliostream.server.auth.Costs;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.auth.User;
import io.portfoliostream.server.auth.Users;
import io.portfoliostream.server.config.NetworkConfig;
import io.portfoliostream.server.config.ServerConfig;
import io.portfoliostream.server.gateway.Listener.Place;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;

/// A public listener with real sessions in front of streams that are not.
final class EdgeFixture implements AutoCloseable {
  static final int MESSAGE_BYTES = 1024;
  static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

  final ManualClock clock = ManualClock.atNoon();
  final ManualTimer timer = new ManualTimer();
  final FragileDataSource source = new FragileDataSource(Shared.DATABASE.dataSource());
  final AtomicBoolean draining = new AtomicBoolean();
  final AtomicBoolean realtime = new AtomicBoolean(true);
  final List<String> refusals = new CopyOnWriteArrayList<>();
  final FakeStreams streams = new FakeStreams(5);
  final Sessions sessions;
  final Users users;

  /// One for all fixtures: nothing that they claim depends on what others left in it.
  private static final class Shared {
    static final TestDatabase DATABASE = TestDatabase.fresh();
  }

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong names = new AtomicLong();
  private final Listener listener;

  EdgeFixture() {
    var jdbi = Jdbi.create(source);
    var random = new SecureRandom();
    sessions =
        new Sessions(
            jdbi, clock, random, new Sessions.Rules(Duration.ofHours(1), Duration.ofHours(8)));
    users = new Users(jdbi, Costs.cheapPasswords(), clock, random);
    var network = network();
    var origins = new OriginPolicy(network);
    var addresses = new ClientAddresses(network.trustedProxies());
    var authenticator = new Authenticator(sessions);
    var doorkeeper = doorkeeper(origins, addresses, authenticator);
    var upgrader =
        new StreamUpgrader(doorkeeper, streams, sockets(), problem -> refusals.add(problem.code()));
    var events =
        new EventRoutes(
            doorkeeper, streams, sockets(), random, problem -> refusals.add(problem.code()));
    listener =
        Listener.open(
            new Place("127.0.0.1", 0, NetworkConfig.PORT_KEY, null),
            new RestEdge(
                    origins,
                    authenticator,
                    addresses,
                    new RequestMetrics(new SimpleMeterRegistry(), _ -> {}))
                .routing(events.resources()),
            Map.of("websocket", upgrader, "WebSocket", upgrader));
  }

  private Doorkeeper doorkeeper(
      OriginPolicy origins, ClientAddresses addresses, Authenticator authenticator) {
    return new Doorkeeper(
        origins,
        authenticator,
        addresses,
        new ConnectRate(nanos::get, 20, Duration.ofSeconds(1)),
        _ -> realtime.get(),
        draining::get,
        () -> "c" + names.incrementAndGet());
  }

  private StreamUpgrader.Sockets sockets() {
    return new StreamUpgrader.Sockets(MESSAGE_BYTES, timer, CLOSE_GRACE);
  }

  static NetworkConfig network() {
    return ServerConfig.parse(
            Map.of(
                "PUBLIC_ORIGINS", "https://app.example.com",
                "READ_ORIGINS", "https://reader.example.com",
                "WRITE_ORIGINS", "https://writer.example.com"))
        .network();
  }

  User user(String name) {
    return users.ensure(name, "secret", Set.of());
  }

  Opened session(String name) {
    return sessions.open(user(name), null, null);
  }

  static String cookie(Opened session) {
    return "Cookie: portfolio_session=" + session.cookie();
  }

  int port() {
    return listener.port();
  }

  RawSocket connect() throws IOException {
    return new RawSocket(listener.port());
  }

  /// A client whose upgrade was granted.
  RawSocket upgraded(Opened session) throws IOException {
    var client = connect();
    var response = client.ask(RawSocket.upgrade(cookie(session)));
    if (response.status() != 101) {
      throw new AssertionError("refused: " + response);
    }
    return client;
  }

  int connections(Opened session) {
    return streams.bus.connections(session.identity().user());
  }

  @Override
  public void close() {
    listener.close();
    streams.close();
  }
}
