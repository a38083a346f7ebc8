package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.PortfolioReplica;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.gateway.EventClient.End;
import io.portfoliostream.server.gateway.EventClient.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Server-Sent Events and the streams together.
class EventStreamTest {
  private static final String BUY =
      "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"market\",\"timeInForce\":\"day\","
          + "\"qty\":\"5\"}";

  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void firstComesTheWelcomeThenTheSnapshotThenEachChangeWithItsPosition() throws Exception {
    var session = gateway.session("ada");
    buy(session, "k0");
    try (var client = open(session, "")) {
      var welcome = client.next("welcome");
      assertThat(welcome.id()).as("nothing is held yet").isNull();
      assertThat(welcome.json().at("/data/protocol").asInt()).isEqualTo(1);
      var subscribed = client.next("subscribed").json();
      assertThat(subscribed.at("/data/recovered").asBoolean()).isFalse();
      assertThat(subscribed.at("/data/snapshot/orders").isArray()).isTrue();

      var accepted = buy(session, "k1");

      var update = client.next("order_update");
      assertThat(update.id()).isEqualTo(accepted.epoch() + ":" + accepted.seq());
      assertThat(update.json().at("/type").asText()).isEqualTo("order_update");
      assertThat(update.json().at("/data/orderId").asText()).isEqualTo(accepted.order().orderId());
    }
  }

  /// REQ-10: what happened while a client was away is replayed from its last event.
  @Test
  void theLastEventsIdReplaysWhatWasMissed() throws Exception {
    var session = gateway.session("ada");
    var before = buy(session, "k0");
    String id;
    try (var client = open(session, "")) {
      client.next("welcome");
      id = String.valueOf(client.next("subscribed").id());
      assertThat(id).isEqualTo(before.epoch() + ":" + before.seq());
    }
    var first = buy(session, "k1");
    var second = buy(session, "k2");

    try (var byHeader = open(session, "?lastEventId=other:1", "Last-Event-ID", id);
        var byQuery = open(session, "?lastEventId=" + id);
        var fresh = open(session, "?lastEventId=" + id.replaceFirst(".$", "x"))) {
      for (var client : new EventClient[] {byHeader, byQuery}) {
        client.next("welcome");
        var subscribed = client.next("subscribed");
        assertThat(subscribed.id()).isEqualTo(second.epoch() + ":" + second.seq());
        assertThat(subscribed.json().at("/data/recovered").asBoolean()).isTrue();
        assertThat(StreamSupport.stream(subscribed.json().at("/data/replay").spliterator(), false))
            .extracting(replayed -> replayed.path("seq").asLong())
            .containsExactly(first.seq(), second.seq());
      }
      fresh.next("welcome");
      var snapshot = fresh.next("subscribed").json();
      assertThat(snapshot.at("/data/recovered").asBoolean()).isFalse();
      assertThat(snapshot.at("/data/snapshot/orders").size()).isEqualTo(3);
    }
  }

  /// REQ-2: what happens to one user is told to that user's clients only.
  @Test
  void twoUsersNeverMix() throws Exception {
    var ada = gateway.session("ada");
    var bob = gateway.session("bob");
    buy(ada, "first");
    buy(bob, "first");
    try (var first = subscribed(ada);
        var second = subscribed(bob)) {
      for (var count = 0; count < 5; count++) {
        var adas = buy(ada, "k" + count);
        var bobs = buy(bob, "k" + count);
        assertThat(owner(first, adas)).isEqualTo(ada.identity().user().value());
        assertThat(owner(second, bobs)).isEqualTo(bob.identity().user().value());
      }
    }
  }

  private static String owner(EventClient client, Rest.OrderAccepted accepted) throws Exception {
    var update = client.next("order_update").json();
    assertThat(update.at("/data/orderId").asText()).isEqualTo(accepted.order().orderId());
    return update.path("userId").asText();
  }

  /// REQ-1: a sign-out ends the streams of its session within a second, and only those.
  @Test
  void aSignOutEndsTheEventsOfItsSession() throws Exception {
    var session = gateway.session("ada");
    var elsewhere = gateway.session("ada");
    buy(session, "k0");
    try (var client = subscribed(session);
        var other = subscribed(elsewhere)) {
      gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost", EdgeFixture.cookie(session));

      var close = client.next("close", Duration.ofSeconds(1)).json();
      assertThat(close.path("code").asInt()).isEqualTo(4401);
      assertThat(client.next()).isEqualTo(new End(true));
      Eventually.holds("the place is free", () -> connections(session) == 1);
      buy(elsewhere, "k1");
      other.next("order_update");
    }
  }

  /// REQ-3: events and WebSockets share the places of a user.
  @Test
  void theSixthConnectionIsRefusedWhateverTheOthersAre() throws Exception {
    var session = gateway.session("ada");
    var clients = new ArrayList<EventClient>();
    for (var count = 0; count < 4; count++) {
      clients.add(subscribed(session));
    }
    try (var socket = socket(session)) {
      try (var sixth = open(session, "")) {
        assertThat(sixth.status()).isEqualTo(429);
        var problem = Json.read(sixth.body().getBytes(UTF_8), Problem.class);
        assertThat(problem.code()).isEqualTo("connection_limit");
        assertThat(problem.detail()).isEqualTo("Maximum connections exceeded");
      }
      clients.getFirst().close();
      Eventually.holds("the place is free", () -> connections(session) == 4);
      clients.add(subscribed(session));
      assertThat(socket.frame().opCode()).isEqualTo(RawSocket.TEXT);
    }
    clients.forEach(EventClient::close);
    Eventually.holds("all places are free", () -> connections(session) == 0);
    assertThat(gateway.hub.stats().connections()).isZero();
  }

  /// REQ-11: both ways of listening lead to the same portfolio.
  @Test
  void aClientOfEventsHoldsWhatAClientOfTheWebSocketHolds() throws Exception {
    var session = gateway.session("ada");
    var first = buy(session, "k0");
    var listening = new PortfolioReplica(100);
    var talking = new PortfolioReplica(100);
    try (var client = open(session, "");
        var socket = socket(session)) {
      var target = new StreamPosition(first.epoch(), first.seq());
      for (var count = 1; count <= 5; count++) {
        var accepted = buy(session, "k" + count);
        target = new StreamPosition(accepted.epoch(), accepted.seq());
      }
      while (!isAt(listening, target)) {
        if (client.next() instanceof Event event) {
          apply(listening, event.data());
        }
      }
      while (!isAt(talking, target)) {
        var frame = socket.frame();
        if (frame.opCode() == RawSocket.TEXT) {
          apply(talking, frame.text());
        }
      }
    }
    assertThat(listening.digest()).isEqualTo(talking.digest());
    assertThat(listening.portfolio().orders()).hasSize(6).isEqualTo(talking.portfolio().orders());
    assertThat(listening.portfolio().positions()).isEqualTo(talking.portfolio().positions());
    assertThat(listening.portfolio().account()).isEqualTo(talking.portfolio().account());
  }

  private static boolean isAt(PortfolioReplica replica, StreamPosition target) {
    return !replica.awaitsAnswer() && replica.resumeFrom().filter(target::equals).isPresent();
  }

  private static void apply(PortfolioReplica replica, String message) {
    var _ = replica.apply(ServerMessageCodec.decode(message));
  }

  @Test
  void aServerThatStopsTellsItsClientsWhenToComeBack() throws Exception {
    try (var client = subscribed(gateway.session("ada"))) {
      gateway.server.drain();
      gateway.hub.close();

      var shutdown = client.next("shutdown");
      var range = shutdown.json().at("/data/reconnectAfterMs");
      assertThat(Long.parseLong(String.valueOf(shutdown.retry())))
          .isBetween(range.path("min").asLong(), range.path("max").asLong());
      assertThat(client.next("close").json().path("code").asInt()).isEqualTo(1012);
      assertThat(client.next()).isEqualTo(new End(true));
    }
  }

  @Test
  void aClientThatComesBackTakesThePlaceOfItsOldStream() throws Exception {
    var session = gateway.session("ada");
    try (var old = open(session, "")) {
      var id = old.next("welcome").json().at("/data/connectionId").asText();
      old.next("subscribed");
      try (var fresh = open(session, "?replaces=" + id)) {
        fresh.next("welcome");
        assertThat(old.next("close").json().path("code").asInt()).isEqualTo(4005);
        Eventually.holds("one place is taken", () -> connections(session) == 1);
      }
    }
  }

  private EventClient open(Opened session, String query, String... headers) throws Exception {
    return EventClient.open(gateway.server.port(), session, query, headers);
  }

  private EventClient subscribed(Opened session) throws Exception {
    var client = open(session, "");
    assertThat(client.status()).isEqualTo(200);
    client.next("welcome");
    client.next("subscribed");
    return client;
  }

  /// A WebSocket that has subscribed to everything.
  private RawSocket socket(Opened session) throws IOException {
    var client = new RawSocket(gateway.server.port());
    assertThat(client.ask(RawSocket.upgrade(EdgeFixture.cookie(session))).status()).isEqualTo(101);
    return client.text("{\"type\":\"subscribe\"}");
  }

  private Rest.OrderAccepted buy(Opened session, String key) throws IOException {
    var response =
        gateway.post("/api/orders", BUY, EdgeFixture.cookie(session), "Idempotency-Key: " + key);
    return Json.read(response.body(), Rest.OrderAccepted.class);
  }

  private int connections(Opened session) {
    return gateway.bus.connections(session.identity().user());
  }
}
