package io.portfoliostream.server.gateway;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connection that speaks HTTP until the answer to a request takes its socket over.
///
/// The web server lets an answer write but not read: it would find out that the client is gone only
/// by what it writes later, and would cut a long answer as an idle connection. The request is
/// served on the thread that owns the connection, so its answer may read on in the place of the web
/// server.
final class HttpConnection implements ServerConnection, InterruptableTask<Void> {
  private static final ScopedValue<HttpConnection> CURRENT = ScopedValue.newInstance();

  private final ConnectionContext socket;
  private final ServerConnection http;
  private volatile @Nullable Pipe taken;

  HttpConnection(ConnectionContext socket, ServerConnection http) {
    this.socket = socket;
    this.http = http;
  }

  /// The connection of the request that the calling thread serves.
  static HttpConnection current() {
    return CURRENT.get();
  }

  ConnectionContext socket() {
    return socket;
  }

  /// Says that from now on only `pipe` writes to the socket, and ends it.
  void takenBy(Pipe pipe) {
    taken = pipe;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    var _ =
        ScopedValue.where(CURRENT, this)
            .call(() -> {
              http.handle(limit);
              return true;
            });
  }

  /// Never idle once taken over: silence is judged by the stream.
  @Override
  public Duration idleTime() {
    return taken == null ? http.idleTime() : Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    http.close(interrupt);
    var pipe = taken;
    if (pipe != null) {
      pipe.kill();
    }
  }

  @Override
  public boolean canInterrupt() {
    return taken != null || !(http instanceof InterruptableTask<?> task) || task.canInterrupt();
  }
}
