package io.portfoliostream.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A [Backend.Socket] on the JDK's WebSocket, which answers pings and assembles frames by itself.
///
/// Safe for any number of threads: its own lock guards what it may do to the socket, and no
/// listener is called under it.
final class JdkSocket implements Backend.Socket, WebSocket.Listener {
  private static final int MAX_CHARACTERS = 8 * 1024 * 1024;
  private static final Duration GOODBYE = Duration.ofMillis(500);

  private final Backend.SocketListener listener;
  private final Timers timers;
  private final QuietProbe probe;
  private final Object lock = new Object();

  // Under the lock.
  private @Nullable WebSocket socket;
  private CompletableFuture<Boolean> sending = CompletableFuture.completedFuture(true);
  private boolean closed;

  // Of the JDK's callbacks, which come one at a time.
  private StringBuilder text = new StringBuilder();

  JdkSocket(Backend.SocketListener listener, Timers timers) {
    this.listener = listener;
    this.timers = timers;
    this.probe = new QuietProbe(timers, this::ping);
  }

  void open(WebSocket.Builder builder, URI address) {
    var _ = builder.buildAsync(address, this).whenComplete((_, failure) -> failed(failure));
  }

  @Override
  public void send(String message) {
    send(to -> to.sendText(message, true));
  }

  private void ping() {
    send(to -> to.sendPing(ByteBuffer.allocate(0)));
  }

  private void send(Function<WebSocket, CompletableFuture<WebSocket>> frame) {
    CompletableFuture<Boolean> sent;
    synchronized (lock) {
      var to = socket;
      if (to == null || closed) {
        return;
      }
      // The JDK takes one frame of a kind at a time.
      sent = sending.thenCompose(_ -> frame.apply(to)).thenApply(_ -> true);
      sending = sent;
    }
    var _ = sent.whenComplete((_, failure) -> sendFailed(failure));
  }

  @Override
  public void more() {
    synchronized (lock) {
      if (socket != null && !closed) {
        socket.request(1);
      }
    }
  }

  @Override
  public CompletableFuture<Boolean> close(int code) {
    probe.stop();
    WebSocket last;
    CompletableFuture<Boolean> before;
    synchronized (lock) {
      boolean again = closed;
      closed = true;
      if (again || socket == null) {
        return CompletableFuture.completedFuture(true);
      }
      last = socket;
      before = sending;
    }
    var cut = new CompletableFuture<Boolean>();
    // A peer that does not read must not keep the connection: cut it after a moment anyway.
    var late = timers.after(GOODBYE, () -> cut.complete(false));
    var _ =
        before
            .exceptionally(_ -> false)
            .thenCompose(_ -> last.sendClose(code, ""))
            .whenComplete((_, failure) -> cut.complete(failure == null));
    return cut.whenComplete((_, _) -> {
      late.cancel();
      last.abort();
    });
  }

  @Override
  public void onOpen(WebSocket opened) {
    boolean tooLate;
    synchronized (lock) {
      socket = opened;
      tooLate = closed;
    }
    if (tooLate) {
      opened.abort();
    } else {
      opened.request(1);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    probe.heard();
    text.append(part);
    if (text.length() > MAX_CHARACTERS) {
      text = new StringBuilder();
      from.abort();
      listener.lost(ConnectionMachine.ABNORMAL, "a message over " + MAX_CHARACTERS);
    } else if (last) {
      var whole = text.toString();
      text = new StringBuilder();
      listener.text(whole);
    } else {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    from.abort();
    listener.lost(ConnectionMachine.ABNORMAL, "a binary message");
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    probe.heard();
    from.request(1);
    listener.heard();
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    from.request(1);
    listener.heard();
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    probe.stop();
    listener.lost(code, reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    probe.stop();
    listener.lost(ConnectionMachine.ABNORMAL, String.valueOf(error.getMessage()));
  }

  private void failed(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof WebSocketHandshakeException refused)) {
      listener.lost(ConnectionMachine.ABNORMAL, String.valueOf(cause));
      return;
    }
    var answer = refused.getResponse();
    var problem =
        answer.body() instanceof String body
            ? Exchange.problem(body.getBytes(StandardCharsets.UTF_8)).orElse(null)
            : null;
    listener.refused(
        answer.statusCode(),
        problem == null ? null : problem.code(),
        Exchange.retryAfter(answer.headers()).orElse(null));
  }

  private void sendFailed(@Nullable Throwable failure) {
    if (failure != null) {
      probe.stop();
      listener.lost(ConnectionMachine.ABNORMAL, String.valueOf(failure.getMessage()));
    }
  }
}
