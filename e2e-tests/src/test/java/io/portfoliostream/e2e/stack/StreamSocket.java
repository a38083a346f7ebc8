package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A raw connection to the stream; keeps every message until it is asked for.
public final class StreamSocket implements AutoCloseable {
  private static final int NORMAL = 1000;

  private final BlockingQueue<JsonNode> messages;
  private final WebSocket socket;

  private StreamSocket(WebSocket socket, BlockingQueue<JsonNode> messages) {
    this.socket = socket;
    this.messages = messages;
  }

  static StreamSocket open(WebSocket.Builder builder, URI uri) throws StreamRefused {
    var messages = new LinkedBlockingQueue<JsonNode>();
    try {
      return new StreamSocket(builder.buildAsync(uri, new Collector(messages)).join(), messages);
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refusal) {
        throw new StreamRefused(refusal.getResponse());
      }
      throw e;
    }
  }

  /// Sends one text message.
  public void send(String json) {
    socket.sendText(json, true).join();
  }

  /// All messages up to and with the first that fits.
  ///
  /// @throws AssertionError when none comes in time
  public List<JsonNode> readUntil(String what, Duration patience, Predicate<JsonNode> fits)
      throws InterruptedException {
    var read = new ArrayList<JsonNode>();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("no " + what + " within " + patience + ", only " + read);
      }
      read.add(message);
      if (fits.test(message)) {
        return read;
      }
    }
  }

  /// The first message of a type.
  public JsonNode read(String type, Duration patience) throws InterruptedException {
    return readUntil(type, patience, message -> isOf(type, message)).getLast();
  }

  private static boolean isOf(String type, JsonNode message) {
    return message.path("type").asText().equals(type);
  }

  @Override
  public void close() {
    socket.sendClose(NORMAL, "").join();
  }

  /// Assembles the parts of messages.
  private static final class Collector implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages;
    private final StringBuilder text = new StringBuilder();

    private Collector(BlockingQueue<JsonNode> messages) {
      this.messages = messages;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(Rest.read(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
