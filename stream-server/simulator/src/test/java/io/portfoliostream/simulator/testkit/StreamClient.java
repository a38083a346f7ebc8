package io.portfoliostream.simulator.testkit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebSocket client that writes down what happens to it: `text …`, `binary …`, `pong`, `close …`,
/// `error`.
public final class StreamClient implements WebSocket.Listener, AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  /// Connects.
  ///
  /// @param headers names and values in turn
  public StreamClient(HttpClient http, URI uri, String... headers) {
    var builder = http.newWebSocketBuilder();
    for (int index = 0; index < headers.length; index += 2) {
      builder.header(headers[index], headers[index + 1]);
    }
    socket = builder.buildAsync(uri, this).join();
  }

  /// Sends a text message.
  public void send(String message) {
    socket.sendText(message, true).join();
  }

  /// Sends a text message in two fragments.
  public void sendInParts(String message) {
    int middle = message.length() / 2;
    socket.sendText(message.substring(0, middle), false).join();
    socket.sendText(message.substring(middle), true).join();
  }

  /// Sends a ping.
  public void ping() {
    socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
  }

  /// The next event.
  public String next() throws InterruptedException {
    var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing happened in " + PATIENCE_SECONDS + " s");
    }
    return event;
  }

  /// The next event that contains a text; others are passed over.
  public String next(String part) throws InterruptedException {
    for (var event = next(); ; event = next()) {
      if (event.contains(part)) {
        return event;
      }
    }
  }

  /// Says goodbye.
  @Override
  public void close() {
    socket.abort();
  }

  /// Ends the connection as the protocol has it.
  public void closeCleanly() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      events.add("text " + text);
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    text.append(StandardCharsets.UTF_8.decode(data));
    if (last) {
      events.add("binary " + text);
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
    events.add("pong " + data.remaining());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    events.add("close " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    events.add("error");
  }
}
