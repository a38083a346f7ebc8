package io.portfoliostream.simulator.edge;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.Line;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.json.Encoding;
import io.portfoliostream.simulator.rest.FaultyApi;
import io.portfoliostream.simulator.stream.DataFeed;
import io.portfoliostream.simulator.stream.Session;
import io.portfoliostream.simulator.stream.Timer;
import io.portfoliostream.simulator.stream.TradingFeed;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The simulator's one port: REST, the trading stream and the market data streams.
public final class Edge implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Edge.class.getName());
  private static final String TRADING = "/stream";
  private static final int GOING_AWAY = 1001;
  private static final int BUFFER = 1 << 18;
  private static final Duration GOODBYE = Duration.ofMillis(500);

  private final WebServer server;
  private final StreamUpgrader upgrader;

  private Edge(WebServer server, StreamUpgrader upgrader) {
    this.server = server;
    this.upgrader = upgrader;
  }

  /// Where to listen.
  ///
  /// @param port 0 for any free one
  /// @param tradingFrames the kind of frames of the trading stream; market data is text unless it
  ///   is MessagePack
  public record Address(String host, int port, FrameKind tradingFrames) {}

  /// The data feeds by the path on which each is reached.
  public record Feeds(TradingFeed trading, Map<String, DataFeed> data) {

    public Feeds {
      data = Map.copyOf(data);
    }
  }

  /// The REST interface.
  ///
  /// @param keys open the accounts, also at handshakes
  /// @param requestIds gives each answer its `X-Request-ID`
  public record Rest(FaultyApi api, KeyRing keys, Supplier<String> requestIds) {}

  /// Starts to listen.
  ///
  /// @throws IOException when the port is taken
  public static Edge open(
      Address address, Rest rest, Feeds feeds, FaultBoard faults, Executor threads, Timer timer)
      throws IOException {
    var config = WsConfig.create();
    var sockets =
        new AcceptedSockets(
            SocketOptions.builder()
                .tcpNoDelay(true)
                .socketReceiveBufferSize(BUFFER)
                .socketSendBufferSize(BUFFER)
                .build());
    var endpoints = endpoints(address, feeds, rest.keys());
    var upgrader = new StreamUpgrader(config, endpoints, faults, sockets, threads, timer);
    var streams = WsRouting.builder();
    paths(feeds).forEach(path -> streams.endpoint(path, StreamUpgrader::listener));
    var server =
        WebServer.builder()
            .host(address.host())
            .port(address.port())
            .shutdownHook(false)
            .protocolsDiscoverServices(false)
            .connectionOptions(sockets)
            .idleConnectionTimeout(Duration.ofHours(1))
            .addProtocol(config)
            .addConnectionSelector(
                Http1ConnectionSelector.builder()
                    .config(Http1Config.create())
                    .addUpgrader(upgrader)
                    .build())
            .addRouting(
                HttpRouting.builder().any(new RestHandler(rest.api(), rest.requestIds(), timer)))
            .addRouting(streams)
            .build();
    start(server, address);
    return new Edge(server, upgrader);
  }

  /// The port on which it listens.
  public int port() {
    return server.port();
  }

  /// Cuts all connections to the trading stream.
  public void cutTradingStreams() {
    upgrader.cut(TRADING);
  }

  /// Cuts all connections to the market data streams.
  public void cutDataStreams() {
    upgrader.cutAllBut(TRADING);
  }

  @Override
  public void close() {
    try {
      upgrader.closeAll(GOING_AWAY, "shutting down").get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "not everybody took the goodbye", e);
    }
    server.stop();
  }

  private static void start(WebServer server, Address address) throws IOException {
    // The web server only logs that it could not bind, so the port is tried out before.
    try (var _ = new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
      LOG.log(Level.DEBUG, "port {0} is free", Integer.toString(address.port()));
    } catch (IOException e) {
      throw unusable(address, e.getMessage(), e);
    }
    server.start();
    if (!server.isRunning()) {
      throw unusable(address, "the web server did not start", null);
    }
  }

  private static IOException unusable(
      Address address, @Nullable String reason, @Nullable Throwable cause) {
    return new IOException(
        "port %d on %s cannot be used: %s".formatted(address.port(), address.host(), reason),
        cause);
  }

  private static List<String> paths(Feeds feeds) {
    var paths = new ArrayList<>(feeds.data().keySet());
    paths.add(TRADING);
    return paths;
  }

  private static Map<String, StreamUpgrader.Endpoint> endpoints(
      Address address, Feeds feeds, KeyRing keys) {
    Map<String, StreamUpgrader.Endpoint> endpoints = new HashMap<>();
    endpoints.put(
        TRADING,
        new StreamUpgrader.Endpoint(
            "trading",
            address.tradingFrames(),
            Set.of(),
            new TradingOpening(feeds.trading(), keys)));
    feeds
        .data()
        .forEach((path, feed) ->
            endpoints.put(
                path,
                new StreamUpgrader.Endpoint(
                    feed.name(),
                    FrameKind.TEXT,
                    Set.of(Encoding.MESSAGE_PACK),
                    new DataOpening(feed, keys))));
    return endpoints;
  }

  private record TradingOpening(TradingFeed feed, KeyRing keys) implements StreamUpgrader.Opening {

    @Override
    public Target where(StreamUpgrader.Hello hello) {
      return Optional.ofNullable(hello.key())
          .flatMap(keys::find)
          .map(profile -> Target.account(profile.name()))
          .orElse(Target.nobody());
    }

    @Override
    public Session connect(SocketPeer peer, Line line, StreamUpgrader.Hello hello) {
      return feed.connect(peer, line);
    }
  }

  private record DataOpening(DataFeed feed, KeyRing keys) implements StreamUpgrader.Opening {

    @Override
    public Target where(StreamUpgrader.Hello hello) {
      return Target.feed(feed.name());
    }

    @Override
    public Session connect(SocketPeer peer, Line line, StreamUpgrader.Hello hello) {
      return feed.connect(peer, keys.account(hello.key(), hello.secret()), hello.encoding());
    }
  }
}
