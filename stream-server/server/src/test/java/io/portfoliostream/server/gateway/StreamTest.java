package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.protocol.Rest.StreamStatus.Connection;
import io.portfoliostream.server.auth.Sessions.Opened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The edge and the streams together, over raw sockets.
class StreamTest {
  private static final String SUBSCRIBE = "{\"type\":\"subscribe\"}";
  private static final String BUY =
      "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"market\",\"timeInForce\":\"day\","
          + "\"qty\":\"5\"}";

  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void theFirstMessageIsTheWelcomeAndASubscriptionBringsTheSnapshot() throws Exception {
    var session = gateway.session("ada");
    try (var client = open(session)) {
      var welcome = next(client, "welcome");
      assertThat(welcome.at("/data/protocol").asInt()).isEqualTo(1);
      assertThat(welcome.at("/data/node").asText()).isEqualTo("test-node");
      assertThat(welcome.at("/data/limits/messageBytes").asInt()).isEqualTo(16 * 1024);
      assertThat(welcome.at("/userId").asText()).isEqualTo(session.identity().user().value());

      client.text(SUBSCRIBE);

      var subscribed = next(client, "subscribed");
      assertThat(subscribed.at("/data/recovered").asBoolean()).isFalse();
      assertThat(subscribed.at("/data/snapshot/orders").isArray()).isTrue();
    }
  }

  /// REQ-2: what happens to one user is told to that user's connections only.
  @Test
  void anOrderIsToldToItsOwnerOnly() throws Exception {
    var ada = gateway.session("ada");
    var bob = gateway.session("bob");
    buy(ada, "k0");
    buy(bob, "k0");
    try (var first = subscribed(ada);
        var second = subscribed(ada);
        var stranger = subscribed(bob)) {
      var accepted = buy(ada, "k1");

      for (var client : List.of(first, second)) {
        var update = next(client, "order_update");
        assertThat(update.at("/data/orderId").asText()).isEqualTo(accepted.order().orderId());
        assertThat(update.at("/data/status").asText()).isEqualTo("queued");
        assertThat(update.at("/seq").asLong()).isEqualTo(accepted.seq());
        assertThat(update.at("/userId").asText()).isEqualTo(ada.identity().user().value());
      }
      buy(bob, "k1");
      var own = next(stranger, "order_update");
      assertThat(own.at("/userId").asText()).isEqualTo(bob.identity().user().value());
      assertThat(own.at("/data/orderId").asText()).isNotEqualTo(accepted.order().orderId());
    }
  }

  /// REQ-1: a sign-out ends the streams of its session, and only those.
  @Test
  void aSignOutEndsTheStreamsOfItsSession() throws Exception {
    var session = gateway.session("ada");
    var elsewhere = gateway.session("ada");
    try (var client = subscribed(session);
        var other = subscribed(elsewhere)) {
      gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost", EdgeFixture.cookie(session));

      assertThat(client.closeCode()).isEqualTo(4401);
      other.text("{\"type\":\"ping\",\"id\":\"7\"}");
      assertThat(next(other, "pong").at("/data/id").asText()).isEqualTo("7");
    }
  }

  /// REQ-3: the sixth connection is refused, and a place that is freed can be taken.
  @Test
  void theSixthConnectionIsRefusedUntilAPlaceIsFree() throws Exception {
    var session = gateway.session("ada");
    var clients = new ArrayList<RawSocket>();
    for (var count = 0; count < 5; count++) {
      clients.add(subscribed(session));
    }
    assertThat(status(session).connections()).hasSize(5);
    try (var sixth = new RawSocket(gateway.server.port())) {
      var refused = sixth.ask(RawSocket.upgrade(EdgeFixture.cookie(session)));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body()).contains("Maximum connections exceeded");
    }

    clients.getFirst().reset();

    Eventually.holds("the place is free", () -> connections(session) == 4);
    clients.add(subscribed(session));
    for (var client : clients) {
      client.close();
    }
    Eventually.holds("all places are free", () -> connections(session) == 0);
    assertThat(status(session).connections()).isEmpty();
  }

  @Test
  void aClientThatComesBackTakesThePlaceOfItsOldConnection() throws Exception {
    var session = gateway.session("ada");
    var clients = new ArrayList<RawSocket>();
    for (var count = 0; count < 4; count++) {
      clients.add(subscribed(session));
    }
    var old = open(session);
    clients.add(old);
    var id = next(old, "welcome").at("/data/connectionId").asText();

    try (var fresh = new RawSocket(gateway.server.port())) {
      var request =
          RawSocket.upgrade(EdgeFixture.cookie(session))
              .replace("/ws/portfolio", "/ws/portfolio?replaces=" + id);
      assertThat(fresh.ask(request).status()).isEqualTo(101);

      assertThat(old.closeCode()).isEqualTo(4005);
      assertThat(connections(session)).isEqualTo(5);
      assertThat(status(session).connections()).extracting(Connection::id).doesNotContain(id);
    }
    for (var client : clients) {
      client.close();
    }
  }

  /// REQ-2: nobody replaces another user's connection.
  @Test
  void aStrangersConnectionIsNotReplaced() throws Exception {
    var ada = gateway.session("ada");
    try (var client = open(ada);
        var stranger = new RawSocket(gateway.server.port())) {
      var id = next(client, "welcome").at("/data/connectionId").asText();
      var request =
          RawSocket.upgrade(EdgeFixture.cookie(gateway.session("bob")))
              .replace("/ws/portfolio", "/ws/portfolio?replaces=" + id);
      assertThat(stranger.ask(request).status()).isEqualTo(101);

      client.text("{\"type\":\"ping\",\"id\":\"1\"}");
      next(client, "pong");
      assertThat(connections(ada)).isEqualTo(1);
    }
  }

  @Test
  void aMessageOverTheLimitIsAnsweredBy1009() throws Exception {
    var session = gateway.session("ada");
    try (var client = subscribed(session)) {
      client.text(" ".repeat(16 * 1024 + 1));

      assertThat(client.closeCode()).isEqualTo(1009);
      assertThat(client.isEnded()).as("cut after the grace").isTrue();
      Eventually.holds("the place is free", () -> connections(session) == 0);
    }
  }

  @Test
  void nonsenseIsAnsweredByAnErrorAndTheStreamGoesOn() throws Exception {
    try (var client = subscribed(gateway.session("ada"))) {
      client.text("nonsense");
      assertThat(next(client, "error").at("/data/code").asText()).isEqualTo("bad_json");

      client.text("{\"type\":\"ping\",\"id\":\"1\"}");
      next(client, "pong");
    }
  }

  @Test
  void aServerThatStopsTellsItsClientsWhenToComeBack() throws Exception {
    try (var client = subscribed(gateway.session("ada"))) {
      gateway.server.drain();
      gateway.hub.close();

      var shutdown = next(client, "shutdown");
      assertThat(shutdown.at("/data/reconnectAfterMs/max").asInt()).isPositive();
      assertThat(client.closeCode()).isEqualTo(1012);
    }
  }

  /// REQ-14: connections, their ends and refusals are counted.
  @Test
  void whatHappensToConnectionsIsCounted() throws Exception {
    var session = gateway.session("ada");
    var clients = new ArrayList<RawSocket>();
    for (var count = 0; count < 5; count++) {
      clients.add(subscribed(session));
    }
    try (var sixth = new RawSocket(gateway.server.port())) {
      sixth.ask(RawSocket.upgrade(EdgeFixture.cookie(session)));
    }
    clients.removeLast().close(1000).close();
    Eventually.holds("the place is free", () -> connections(session) == 4);

    try (var client = new RawSocket(gateway.server.managementPort())) {
      var metrics = client.ask(RawSocket.request("GET /metrics HTTP/1.1", "Host: x")).body();
      assertThat(metrics)
          .contains(
              "stream_connections_active{node=\"test-node\"} 4.0",
              "stream_connections_opened_total{node=\"test-node\"} 5.0",
              "stream_disconnects_total{code=\"1000\",node=\"test-node\"} 1.0",
              "stream_refusals_total{node=\"test-node\",reason=\"connection_limit\"} 1.0");
    }
    for (var client : clients) {
      client.close();
    }
  }

  private RawSocket open(Opened session) throws IOException {
    var client = new RawSocket(gateway.server.port());
    assertThat(client.ask(RawSocket.upgrade(EdgeFixture.cookie(session))).status()).isEqualTo(101);
    return client;
  }

  private RawSocket subscribed(Opened session) throws IOException {
    var client = open(session);
    next(client, "welcome");
    client.text(SUBSCRIBE);
    next(client, "subscribed");
    return client;
  }

  /// The next message of a type; pings are answered, digests and marks passed over.
  private static JsonNode next(RawSocket client, String type) throws IOException {
    while (true) {
      var frame = client.frame();
      switch (frame.opCode()) {
        case RawSocket.PING -> client.frame(RawSocket.PONG, true, frame.payload());
        case RawSocket.TEXT -> {
          var message = Json.read(frame.text(), JsonNode.class);
          if (message.path("type").asText().equals(type)) {
            return message;
          }
          assertThat(message.path("type").asText()).isEqualTo("digest");
        }
        default -> throw new AssertionError("closed: " + frame.closeCode());
      }
    }
  }

  private Rest.OrderAccepted buy(Opened session, String key) throws IOException {
    var response =
        gateway.post("/api/orders", BUY, EdgeFixture.cookie(session), "Idempotency-Key: " + key);
    return Json.read(response.body(), Rest.OrderAccepted.class);
  }

  private int connections(Opened session) {
    return gateway.bus.connections(session.identity().user());
  }

  private Rest.StreamStatus status(Opened session) throws IOException {
    var response = gateway.get("/api/stream/status", session);
    return Json.read(response.body(), Rest.StreamStatus.class);
  }
}
