package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// One user signed in at the server: REST and streams by nothing but the JDK, so that what third
/// parties see is tested and not our client.
public final class ServerSession {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final HttpClient http;
  private final URI server;
  private final String cookie;

  private ServerSession(HttpClient http, URI server, String cookie) {
    this.http = http;
    this.server = server;
    this.cookie = cookie;
  }

  /// Signs in.
  public static ServerSession signIn(
      HttpClient http, URI server, String username, String password) {
    var body = Map.of("username", username, "password", password);
    var request = request(server, "/api/login").POST(json(body)).build();
    var response = send(http, request);
    require(response, 204);
    var cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
    return new ServerSession(http, server, cookie.substring(0, cookie.indexOf(';')));
  }

  /// A read.
  public JsonNode get(String path) {
    var response = send(http, request(server, path).header("Cookie", cookie).build());
    require(response, 200);
    return read(response.body());
  }

  /// Submits a market order for the day.
  ///
  /// @return the order as it was accepted
  public JsonNode submit(String side, String quantity, String symbol) {
    var body =
        Map.of(
            "symbol",
            symbol,
            "side",
            side,
            "type",
            "market",
            "timeInForce",
            "day",
            "qty",
            quantity);
    var request =
        request(server, "/api/orders")
            .header("Cookie", cookie)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(json(body))
            .build();
    var response = send(http, request);
    require(response, 202);
    return read(response.body()).path("order");
  }

  /// The status of an order, empty while it is not known.
  public String statusOf(String orderId) {
    return get("/api/orders")
        .path("orders")
        .valueStream()
        .filter(order -> order.path("orderId").asText().equals(orderId))
        .map(order -> order.path("status").asText())
        .findFirst()
        .orElse("");
  }

  /// Opens a stream.
  ///
  /// @throws StreamRefused when the server does not upgrade
  public StreamSocket openStream() throws StreamRefused {
    var uri = URI.create("ws" + server.toString().substring("http".length()) + "/ws/portfolio");
    return StreamSocket.open(http.newWebSocketBuilder().header("Cookie", cookie), uri);
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }

  private static HttpRequest.Builder request(URI server, String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(ANSWER)
        .header("Content-Type", "application/json");
  }

  private static HttpRequest.BodyPublisher json(Map<String, String> body) {
    return BodyPublishers.ofString(JSON.valueToTree(body).toString());
  }

  private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + request.uri(), e);
    }
  }

  private static void require(HttpResponse<String> response, int status) {
    if (response.statusCode() != status) {
      throw new IllegalStateException(
          response.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
  }
}
