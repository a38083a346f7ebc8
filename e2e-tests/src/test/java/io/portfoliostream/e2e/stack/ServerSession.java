package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;

/// One user signed in at the server: REST and streams by nothing but the JDK, so that what third
/// parties see is tested and not our client.
public final class ServerSession {
  private static final String ORDERS = "/api/orders";

  private final Rest rest;
  private final URI server;
  private final String cookie;

  private ServerSession(Rest rest, URI server, String cookie) {
    this.rest = rest;
    this.server = server;
    this.cookie = cookie;
  }

  /// Signs in.
  public static ServerSession signIn(
      HttpClient http, URI server, String username, String password) {
    var rest = new Rest(http, server);
    var body = Map.of("username", username, "password", password);
    var response = rest.exchange(rest.to("/api/login").POST(Rest.json(body)).build());
    new Reply(response.statusCode(), Rest.read(response.body())).expect(204);
    var cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
    return new ServerSession(rest, server, cookie.substring(0, cookie.indexOf(';')));
  }

  /// A read.
  public JsonNode get(String path) {
    return rest.send(own(path)).expect(200).body();
  }

  /// Submits a market order for the day.
  ///
  /// @return the order as it was accepted
  public JsonNode submit(String side, String quantity, String symbol) {
    return submit(
            Map.of(
                "symbol", symbol,
                "side", side,
                "type", "market",
                "timeInForce", "day",
                "qty", quantity))
        .expect(202)
        .order();
  }

  /// Submits an order.
  ///
  /// @param order the body of the request
  public Reply submit(Map<String, ?> order) {
    return submit(order, UUID.randomUUID().toString());
  }

  /// Submits an order under a key of its sender's choice.
  ///
  /// @throws java.io.UncheckedIOException when there is no answer
  public Reply submit(Map<String, ?> order, String idempotencyKey) {
    return rest.send(keyed(ORDERS, idempotencyKey).POST(Rest.json(order)));
  }

  /// Asks for an order to be changed.
  public Reply change(String orderId, Map<String, ?> change) {
    return rest.send(own(ORDERS + "/" + orderId).method("PATCH", Rest.json(change)));
  }

  /// Asks for an order to be canceled.
  public Reply cancel(String orderId) {
    return rest.send(own(ORDERS + "/" + orderId).DELETE());
  }

  /// Closes what a path names: `/api/positions`, or one position below it.
  public Reply close(String path) {
    return rest.send(keyed(path, UUID.randomUUID().toString()).DELETE());
  }

  /// Replaces what is at a path.
  public Reply put(String path, Map<String, ?> body) {
    return rest.send(own(path).PUT(Rest.json(body)));
  }

  /// Has the portfolio compared with the broker now.
  public Reply sync() {
    return rest.send(own("/api/positions/sync").POST(BodyPublishers.ofString("{}")));
  }

  /// The status of an order, empty while it is not known.
  public String statusOf(String orderId) {
    return get(ORDERS)
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
    return StreamSocket.open(rest.http().newWebSocketBuilder().header("Cookie", cookie), uri);
  }

  private HttpRequest.Builder own(String path) {
    return rest.to(path).header("Cookie", cookie);
  }

  private HttpRequest.Builder keyed(String path, String idempotencyKey) {
    return own(path).header("Idempotency-Key", idempotencyKey);
  }
}
