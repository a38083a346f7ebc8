package io.portfoliostream.alpaca;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One WebSocket, from the handshake to its end; a new connection has a new one.
///
/// All methods but the WebSocket's own callbacks are called in the serial context, and so is the
/// owner. The next frame is asked for only when the last message was handled: a slow listener slows
/// the sender down instead of filling our memory.
final class StreamSocket implements WebSocket.Listener {
  private static final Logger LOG = System.getLogger(StreamSocket.class.getName());
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
  private static final int TOO_MANY_REQUESTS = 429;

  /// Who is told what happens to the socket.
  interface Owner {
    void onOpened(StreamSocket socket);

    void onMessage(StreamSocket socket, byte[] message, Instant receivedAt);

    void onFailed(StreamSocket socket, StreamEvent.Lost lost);

    /// Something arrived, from any thread.
    void onHeard(Instant at);
  }

  private final SerialContext context;
  private final StreamRuntime runtime;
  private final StreamPolicy policy;
  private final Owner owner;
  private final MessageAssembly assembly;
  private final Queue<String> unsent = new ArrayDeque<>();
  private @Nullable WebSocket webSocket;
  private @Nullable CompletableFuture<WebSocket> handshake;
  private Scheduler.@Nullable Task abortTask;
  private boolean sending;
  private CompletableFuture<Boolean> lastPing = CompletableFuture.completedFuture(true);
  private @Nullable CompletableFuture<Boolean> farewell;
  private int unansweredPings;

  StreamSocket(SerialContext context, StreamRuntime runtime, StreamPolicy policy, Owner owner) {
    this.context = context;
    this.runtime = runtime;
    this.policy = policy;
    this.owner = owner;
    this.assembly = new MessageAssembly(policy.maxMessageBytes());
  }

  void connect(HttpClient http, URI uri) {
    var opening =
        http.newWebSocketBuilder().connectTimeout(policy.handshakeTimeout()).buildAsync(uri, this);
    handshake = opening;
    var _ =
        opening.whenComplete((_, failure) -> {
          if (failure != null) {
            context.execute(() -> fail(handshakeFailure(failure)));
          }
        });
  }

  /// Sends a message once those before it are sent: the WebSocket takes one at a time.
  void send(String message) {
    unsent.add(message);
    sendNext();
  }

  /// Sends a ping, and counts it as unanswered until something arrives.
  ///
  /// @return how many were unanswered before it
  int ping() {
    var unanswered = unansweredPings;
    unansweredPings++;
    probe();
    return unanswered;
  }

  /// Sends a ping only to learn whether it can be sent.
  void probe() {
    var target = webSocket;
    if (target != null && !isRetired()) {
      // A ping must have left before the next one may follow.
      lastPing =
          lastPing.thenCompose(
              _ -> target.sendPing(ByteBuffer.allocate(0)).handle((_, e) -> pinged(e)));
    }
  }

  private boolean pinged(@Nullable Throwable failure) {
    if (failure != null) {
      context.execute(() -> fail(new StreamEvent.Lost("cannot ping: " + failure)));
    }
    return failure == null;
  }

  /// Ends the socket with a close frame, so that the broker frees its slot, and cuts it when no
  /// answer comes.
  ///
  /// @return completes with true when the close frame is on its way, with false when it cannot be
  CompletableFuture<Boolean> retire() {
    if (farewell != null) {
      return farewell;
    }
    unsent.clear();
    if (webSocket == null && handshake != null) {
      handshake.cancel(true);
    }
    farewell =
        webSocket == null ? CompletableFuture.completedFuture(false) : closeGently(webSocket);
    return farewell;
  }

  private boolean isRetired() {
    return farewell != null;
  }

  private CompletableFuture<Boolean> closeGently(WebSocket socket) {
    if (socket.isOutputClosed()) {
      socket.abort();
      return CompletableFuture.completedFuture(false);
    }
    var leaving = socket.sendClose(WebSocket.NORMAL_CLOSURE, "").handle((_, e) -> left(socket, e));
    abortTask = runtime.scheduler().schedule(CLOSE_PATIENCE, socket::abort);
    return leaving;
  }

  private static boolean left(WebSocket socket, @Nullable Throwable failure) {
    if (failure != null) {
      socket.abort();
    }
    return failure == null;
  }

  @Override
  public void onOpen(WebSocket opened) {
    context.execute(() -> {
      webSocket = opened;
      if (isRetired()) {
        var _ = closeGently(opened);
      } else {
        owner.onOpened(this);
      }
      opened.request(1);
    });
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    return onFragment(socket, text.toString().getBytes(StandardCharsets.UTF_8), last);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    var bytes = new byte[data.remaining()];
    data.get(bytes);
    return onFragment(socket, bytes, last);
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    return onControl(socket);
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    return onControl(socket);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    context.execute(() -> fail(new StreamEvent.Lost("closed by the broker with " + code)));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    context.execute(() -> fail(new StreamEvent.Lost("connection broken: " + error)));
  }

  private @Nullable CompletionStage<?> onFragment(WebSocket socket, byte[] bytes, boolean last) {
    var now = runtime.clock().instant();
    owner.onHeard(now);
    try {
      var message = assembly.add(bytes, last);
      context.execute(() -> onPart(socket, message, now));
    } catch (MessageAssembly.TooLargeException e) {
      context.execute(() -> fail(new StreamEvent.Lost(String.valueOf(e.getMessage()))));
    }
    return null;
  }

  private void onPart(WebSocket socket, Optional<byte[]> message, Instant receivedAt) {
    unansweredPings = 0;
    try {
      if (!isRetired() && message.isPresent()) {
        owner.onMessage(this, message.get(), receivedAt);
      }
    } finally {
      socket.request(1);
    }
  }

  private @Nullable CompletionStage<?> onControl(WebSocket socket) {
    context.execute(() -> unansweredPings = 0);
    owner.onHeard(runtime.clock().instant());
    socket.request(1);
    return null;
  }

  private void fail(StreamEvent.Lost lost) {
    if (abortTask != null) {
      abortTask.cancel();
    }
    if (!isRetired()) {
      owner.onFailed(this, lost);
    } else if (webSocket != null) {
      webSocket.abort();
    }
  }

  private void sendNext() {
    if (sending || isRetired() || webSocket == null) {
      return;
    }
    var message = unsent.poll();
    if (message == null) {
      return;
    }
    sending = true;
    var _ =
        webSocket
            .sendText(message, true)
            .whenComplete((_, failure) -> context.execute(() -> sent(failure)));
  }

  private void sent(@Nullable Throwable failure) {
    sending = false;
    if (failure == null) {
      sendNext();
    } else {
      fail(new StreamEvent.Lost("cannot send: " + failure));
    }
  }

  private StreamEvent.Lost handshakeFailure(Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof WebSocketHandshakeException refused) || refused.getResponse() == null) {
      LOG.log(Level.DEBUG, "WebSocket handshake failed", cause);
      return new StreamEvent.Lost("cannot connect: " + cause);
    }
    var response = refused.getResponse();
    var status = response.statusCode();
    if (status != TOO_MANY_REQUESTS) {
      return new StreamEvent.Lost("handshake answered with status " + status);
    }
    var asked =
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(value -> RateHeaders.retryAfter(value, runtime.clock().instant()))
            .filter(pause -> pause.compareTo(policy.limitedPause()) > 0);
    return new StreamEvent.Lost(
        "too many connections: handshake answered with status 429",
        asked.orElse(policy.limitedPause()));
  }
}
