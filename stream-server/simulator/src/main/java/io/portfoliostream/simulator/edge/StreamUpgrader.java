package io.portfoliostream.simulator.edge;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import io.portfoliostream.simulator.stream.Session;
import io.portfoliostream.simulator.stream.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Turns upgrade requests into stream sessions and knows all open ones.
///
/// The wrapped connection's `handle` is the only place that learns of every end of a connection:
/// the web server tells its listener nothing of a FIN, a reset or an idle timeout.
final class StreamUpgrader extends WsUpgrader {
  private static final ScopedValue<SocketListener> LISTENER = ScopedValue.newInstance();

  private final Map<String, Endpoint> endpoints;
  private final Executor threads;
  private final Timer timer;
  private final Map<String, Set<SocketPeer>> open = new ConcurrentHashMap<>();

  /// A path that can be upgraded.
  record Endpoint(FrameKind kind, Opening opening) {}

  /// Makes the session of a new connection.
  @FunctionalInterface
  interface Opening {
    Session connect(SocketPeer peer, @Nullable String key, @Nullable String secret);
  }

  StreamUpgrader(WsConfig config, Map<String, Endpoint> endpoints, Executor threads, Timer timer) {
    super(config);
    this.endpoints = Map.copyOf(endpoints);
    this.threads = threads;
    this.timer = timer;
  }

  /// The listener of the connection that is being upgraded by this thread.
  static SocketListener listener() {
    return LISTENER.get();
  }

  /// Cuts all connections to a path.
  void cut(String path) {
    open.getOrDefault(path, Set.of()).forEach(SocketPeer::cut);
  }

  /// Cuts all connections to other paths.
  void cutAllBut(String path) {
    open.keySet().stream().filter(other -> !other.equals(path)).forEach(this::cut);
  }

  /// Says goodbye to everybody.
  ///
  /// @return completes when all goodbyes are written
  CompletableFuture<?> closeAll(int code, String reason) {
    var peers = open.values().stream().flatMap(Set::stream).toList();
    peers.forEach(peer -> peer.close(code, reason));
    return CompletableFuture.allOf(
        peers.stream().map(SocketPeer::goodbye).toArray(CompletableFuture[]::new));
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    var path = prologue.uriPath().path();
    var endpoint = endpoints.get(path);
    if (endpoint == null) {
      return null;
    }
    var peer = new SocketPeer(context, endpoint.kind(), threads, timer);
    var session =
        endpoint
            .opening()
            .connect(
                peer, first(headers, "APCA-API-KEY-ID"), first(headers, "APCA-API-SECRET-KEY"));
    var listener = new SocketListener(peer, session);
    var connection =
        ScopedValue.where(LISTENER, listener).call(() -> super.upgrade(context, prologue, headers));
    if (connection == null) {
      return null;
    }
    peer.attach(connection);
    open.computeIfAbsent(path, _ -> ConcurrentHashMap.newKeySet()).add(peer);
    return new Watched(connection, () -> gone(path, peer, session));
  }

  private void gone(String path, SocketPeer peer, Session session) {
    open.getOrDefault(path, Set.of()).remove(peer);
    session.gone();
    peer.gone();
  }

  private static @Nullable String first(WritableHeaders<?> headers, String name) {
    return headers.first(HeaderNames.create(name)).orElse(null);
  }

  private record Watched(ServerConnection connection, Runnable onEnd) implements ServerConnection {

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        connection.handle(limit);
      } finally {
        onEnd.run();
      }
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }
}
