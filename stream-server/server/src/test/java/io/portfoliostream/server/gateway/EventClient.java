package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.server.auth.Sessions.Opened;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client of Server-Sent Events: reads lines as they come, and puts them together as a browser
/// does.
final class EventClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http;
  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  private EventClient(HttpClient http, HttpResponse<InputStream> response) {
    this.http = http;
    this.response = response;
    if (response.statusCode() == 200) {
      Thread.startVirtualThread(this::read);
    }
  }

  /// What came.
  sealed interface Heard {}

  /// An event; its id is that of the line, not the last one of the stream.
  record Event(String type, @Nullable String id, @Nullable String retry, String data)
      implements Heard {
    JsonNode json() {
      return Json.read(data.getBytes(UTF_8), JsonNode.class);
    }
  }

  /// A comment.
  record Comment(String text) implements Heard {}

  /// The end of the stream.
  ///
  /// @param whole whether the server ended it, and not the socket
  record End(boolean whole) implements Heard {}

  /// Asks for events; whatever the answer is.
  static EventClient ask(int port, String query, String... headers)
      throws IOException, InterruptedException {
    var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events" + query))
            .timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new EventClient(
        http, http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  /// Opens the events of a session.
  static EventClient open(int port, Opened session, String query, String... headers)
      throws IOException, InterruptedException {
    var all = new String[headers.length + 2];
    all[0] = "Cookie";
    all[1] = "portfolio_session=" + session.cookie();
    System.arraycopy(headers, 0, all, 2, headers.length);
    return ask(port, query, all);
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /// The whole body of an answer that is no stream.
  String body() throws IOException {
    return new String(response.body().readAllBytes(), UTF_8);
  }

  /// The next thing that came.
  Heard next() throws InterruptedException {
    return next(PATIENCE);
  }

  Heard next(Duration patience) throws InterruptedException {
    var next = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("nothing came within " + patience);
    }
    return next;
  }

  /// The next event, which must be of a type; heartbeats and digests are passed over.
  Event next(String type) throws InterruptedException {
    return next(type, PATIENCE);
  }

  Event next(String type, Duration patience) throws InterruptedException {
    while (true) {
      switch (next(patience)) {
        case Event event when event.type().equals(type) -> {
          return event;
        }
        case Event event when event.type().equals("digest") -> {}
        case Comment _ -> {}
        case Event event -> throw new AssertionError("not a " + type + ": " + event);
        case End end -> throw new AssertionError("the stream ended: " + end);
      }
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      var event = new Building();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          heard.add(new Comment(line.substring(1).strip()));
        } else if (line.isEmpty()) {
          event.done(heard);
          event = new Building();
        } else {
          event.line(line);
        }
      }
      heard.add(new End(true));
    } catch (IOException _) {
      heard.add(new End(false));
    }
  }

  /// An event of which not all lines came.
  private static final class Building {
    private @Nullable String type;
    private @Nullable String id;
    private @Nullable String retry;
    private @Nullable String data;

    void line(String line) {
      var colon = line.indexOf(": ");
      var value = line.substring(colon + 2);
      switch (line.substring(0, colon)) {
        case "event" -> type = value;
        case "id" -> id = value;
        case "retry" -> retry = value;
        case "data" -> data = data == null ? value : data + '\n' + value;
        default -> throw new AssertionError("not a line of an event: " + line);
      }
    }

    void done(BlockingQueue<Heard> heard) {
      if (type != null && data != null) {
        heard.add(new Event(type, id, retry, data));
      }
    }
  }

  /// Vanishes.
  @Override
  public void close() {
    http.shutdownNow();
  }
}
