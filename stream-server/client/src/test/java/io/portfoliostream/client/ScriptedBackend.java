package io.portfoliostream.client;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server that does what a test says, and records what it was asked.
final class ScriptedBackend implements Backend {
  static final Rest.Health WELL =
      new Rest.Health(
          "up",
          new Rest.Health.Realtime(true),
          new Rest.Health.Broker("simulator", "up"),
          "up",
          "up",
          "1");

  private final ManualTime time;
  final List<Duration> attempts = new ArrayList<>();
  final List<Wire> wires = new ArrayList<>();
  final List<Duration> polls = new ArrayList<>();
  final List<Duration> probes = new ArrayList<>();

  /// What happens to a new socket.
  Consumer<Wire> onConnect = wire -> {};

  Supplier<Rest.Health> health = () -> WELL;
  Supplier<Rest.Portfolio> portfolio = unreachable();
  Supplier<Rest.StreamStatus> status = () -> new Rest.StreamStatus(true, 5, List.of());

  ScriptedBackend(ManualTime time) {
    this.time = time;
  }

  /// A call that never gets through.
  static <T> Supplier<T> unreachable() {
    return () -> {
      throw new StreamApiException.Unreachable("no route", null);
    };
  }

  Wire last() {
    return wires.getLast();
  }

  @Override
  public Socket connect(@Nullable String replaces, SocketListener listener) {
    attempts.add(time.elapsed());
    var wire = new Wire(replaces, listener);
    wires.add(wire);
    time.execute(() -> onConnect.accept(wire));
    return wire;
  }

  @Override
  public Rest.Portfolio portfolio() {
    polls.add(time.elapsed());
    return portfolio.get();
  }

  @Override
  public Rest.Health health() {
    probes.add(time.elapsed());
    return health.get();
  }

  @Override
  public Rest.StreamStatus streamStatus() {
    return status.get();
  }

  @Override
  public Rest.OrderAccepted submit(OrderRequest order, String idempotencyKey) {
    return ScriptedBackend.<Rest.OrderAccepted>unreachable().get();
  }

  /// One socket as the server sees it.
  static final class Wire implements Socket {
    final @Nullable String replaces;
    final List<ClientMessage> received = new ArrayList<>();
    boolean closed;
    int allowed = 1;
    private final SocketListener listener;

    Wire(@Nullable String replaces, SocketListener listener) {
      this.replaces = replaces;
      this.listener = listener;
    }

    @Override
    public void send(String text) {
      if (ClientMessageCodec.decode(text) instanceof ClientMessage message) {
        received.add(message);
      } else {
        throw new AssertionError("not a client message: " + text);
      }
    }

    @Override
    public void more() {
      allowed++;
    }

    @Override
    public CompletableFuture<Boolean> close(int code) {
      closed = true;
      return CompletableFuture.completedFuture(true);
    }

    void says(ServerMessage message) {
      text(new String(ServerMessageCodec.encode(message), StandardCharsets.UTF_8));
    }

    void text(String text) {
      allowed--;
      listener.text(text);
    }

    void heartbeat() {
      listener.heard();
    }

    void loses(int code) {
      listener.lost(code, "");
    }

    void refuses(int status, @Nullable String code) {
      listener.refused(status, code, null);
    }

    <T extends ClientMessage> List<T> received(Class<T> type) {
      return received.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }
}
