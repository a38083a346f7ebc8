package io.portfoliostream.simulator.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.Line;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.json.Encoding;
import io.portfoliostream.simulator.stream.Session;
import io.portfoliostream.simulator.stream.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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
  private final FaultBoard faults;
  private final AcceptedSockets sockets;
  private final Executor threads;
  private final Timer timer;
  private final Map<String, Set<SocketPeer>> open = new ConcurrentHashMap<>();

  /// A path that can be upgraded.
  ///
  /// @param name by which handshakes are counted
  /// @param encodings those that a client may choose from; JSON always
  record Endpoint(String name, FrameKind kind, Set<Encoding> encodings, Opening opening) {

    Endpoint {
      encodings = Set.copyOf(encodings);
    }

    /// MessagePack is binary whatever the kind is for JSON.
    FrameKind kind(Encoding encoding) {
      return encoding == Encoding.MESSAGE_PACK ? FrameKind.BINARY : kind;
    }
  }

  /// What the headers of a handshake say about the client.
  ///
  /// @param encoding of the messages that it would like
  record Hello(@Nullable String key, @Nullable String secret, Encoding encoding) {}

  /// Makes the sessions of new connections.
  interface Opening {

    /// Where faults meet a connection that begins like this.
    Target where(Hello hello);

    Session connect(SocketPeer peer, Line line, Hello hello);
  }

  StreamUpgrader(
      WsConfig config,
      Map<String, Endpoint> endpoints,
      FaultBoard faults,
      AcceptedSockets sockets,
      Executor threads,
      Timer timer) {
    super(config);
    this.endpoints = Map.copyOf(endpoints);
    this.faults = faults;
    this.sockets = sockets;
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
    var hello = hello(endpoint, headers);
    var where = endpoint.opening().where(hello);
    var refused = faults.refusal(where);
    faults.handshakes().connected(endpoint.name(), refused.isPresent());
    if (refused.isPresent()) {
      throw refuse(context, refused.get());
    }
    var from = context.remotePeer().address();
    var peer =
        new SocketPeer(
            context, endpoint.kind(hello.encoding()), () -> sockets.reset(from), threads, timer);
    var line = faults.open(where, peer);
    peer.meet(line);
    var session = endpoint.opening().connect(peer, line, hello);
    var listener = new SocketListener(peer, session, hello.encoding());
    var connection =
        ScopedValue.where(LISTENER, listener).call(() -> super.upgrade(context, prologue, headers));
    if (connection == null) {
      line.ended(true);
      return null;
    }
    peer.attach(connection);
    open.computeIfAbsent(path, _ -> ConcurrentHashMap.newKeySet()).add(peer);
    return new Watched(
        connection,
        () -> {
          open.getOrDefault(path, Set.of()).remove(peer);
          session.gone();
          line.ended(listener.saidGoodbye() || peer.saidGoodbye());
          peer.gone();
        });
  }

  private static Hello hello(Endpoint endpoint, WritableHeaders<?> headers) {
    var wanted = Encoding.of(Objects.requireNonNullElse(first(headers, "Content-Type"), ""));
    return new Hello(
        first(headers, "APCA-API-KEY-ID"),
        first(headers, "APCA-API-SECRET-KEY"),
        endpoint.encodings().contains(wanted) ? wanted : Encoding.JSON);
  }

  /// Answers in place of the upgrade; the web server knows no other way than to be told that the
  /// connection is over.
  private static CloseConnectionException refuse(ConnectionContext context, int code) {
    var answer =
        "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            .formatted(code, Status.create(code).reasonPhrase());
    context.dataWriter().writeNow(BufferData.create(answer.getBytes(StandardCharsets.US_ASCII)));
    return new CloseConnectionException("handshake refused by a fault");
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
