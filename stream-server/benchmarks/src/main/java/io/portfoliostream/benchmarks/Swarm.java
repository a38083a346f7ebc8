package io.portfoliostream.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Thousands of WebSockets on one thread.
final class Swarm implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Selector selector;
  private final Thread reader;
  private final Tally tally;
  private final List<SwarmConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean closed;

  Swarm(Tally tally) throws IOException {
    this.tally = tally;
    this.selector = Selector.open();
    this.reader = Thread.ofPlatform().name("swarm").start(this::run);
  }

  /// Opens one more connection.
  void open(URI server, String path, String cookie, String name) throws IOException {
    var connection = SwarmConnection.open(server, path, cookie, tally, name);
    connections.add(connection);
    var _ = connection.socket().register(selector, SelectionKey.OP_READ, connection);
    var _ = selector.wakeup();
  }

  /// How many have had their snapshot.
  long subscribed() {
    return connections.stream().filter(SwarmConnection::isSubscribed).count();
  }

  /// How many were ended by the server.
  int ended() {
    return ended.get();
  }

  /// Resets all connections.
  void cutAll() throws IOException {
    for (var connection : connections) {
      connection.cut();
    }
    connections.clear();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    cutAll();
    selector.close();
    try {
      reader.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var buffer = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (!closed) {
        var _ = selector.select(key -> read(key, buffer));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClosedSelectorException _) {
      // Closed while it waited.
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    if (!(key.attachment() instanceof SwarmConnection connection)) {
      return;
    }
    try {
      buffer.clear();
      if (connection.socket().read(buffer) < 0) {
        throw new IOException("the server ended the connection");
      }
      connection.take(buffer.flip());
    } catch (IOException _) {
      key.cancel();
      var _ = ended.incrementAndGet();
    }
  }
}
