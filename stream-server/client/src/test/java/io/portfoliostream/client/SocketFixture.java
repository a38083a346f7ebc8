package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.snapshot;
import static io.portfoliostream.client.Samples.snapshotOf;
import static io.portfoliostream.client.Samples.welcome;

import io.portfoliostream.protocol.ClientMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A real client, twenty times faster than life, against a [FakeServer].
final class SocketFixture implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  final FakeServer server = new FakeServer();
  final PortfolioClient client;
  private final BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
  private final List<ConnectionState> seen = new ArrayList<>();

  SocketFixture() throws IOException {
    this(ClientSettings.of(URI.create("http://placeholder.example")).fasterBy(20));
  }

  SocketFixture(ClientSettings like) throws IOException {
    var settings =
        ClientSettings.of(server.uri())
            .withRetry(like.retry())
            .withFallback(like.fallback())
            .withChecks(like.checks());
    this.client = PortfolioClient.create(settings, new SessionCookie("secret-1"));
    var _ =
        client.subscribe(changes -> {
          if (changes.connection()) {
            states.add(client.connection());
          }
        });
  }

  /// Waits until the client shows a state of this kind.
  <T extends ConnectionState> T await(Class<T> kind) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      var state = states.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (state != null) {
        seen.add(state);
      }
      if (kind.isInstance(state)) {
        return kind.cast(state);
      }
    }
    throw new AssertionError("never " + kind.getSimpleName() + ", only " + seen);
  }

  /// Waits until `condition` holds, looked at whenever other threads had a chance to run.
  static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  /// Welcomes the next client and gives it 10 AAPL at `seq`.
  WebSocketPeer serve(long seq) throws IOException, InterruptedException {
    var peer = server.peer();
    peer.send(welcome(EPOCH, seq));
    if (!(peer.message() instanceof ClientMessage.Subscribe)) {
      throw new AssertionError("a subscribe was expected");
    }
    peer.send(snapshot(EPOCH, seq, snapshotOf(position("AAPL", "10", "100"))));
    return peer;
  }

  WebSocketPeer live(long seq) throws IOException, InterruptedException {
    client.start();
    var peer = serve(seq);
    await(ConnectionState.Live.class);
    return peer;
  }

  String quantity() {
    return client
        .portfolio()
        .position("AAPL")
        .map(position -> position.quantity().toPlainString())
        .orElse("none");
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
