package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Operations;
import io.portfoliostream.server.alerts.AlertRule;
import io.portfoliostream.server.auth.Sessions.Opened;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsRoutesTest {
  private final GatewayFixture gateway = new GatewayFixture();
  private final Opened admin = gateway.session("root", "admin");
  private final Opened ada = gateway.session("ada");

  @AfterEach
  void stop() {
    gateway.close();
  }

  /// REQ-14, REQ-15: the figures of the specification, by the call that it names.
  @Test
  void theFiguresAreThoseOfTheConnectionsThatThereAre() throws Exception {
    gateway.board.judge(gateway.sampler.sample());
    try (var client = open(ada);
        var gone = open(ada)) {
      gone.reset();
      Eventually.holds("the loss is noticed", () -> connections(ada) == 1);
      client.text("{\"type\":\"subscribe\"}");
      next(client, "subscribed");

      var stats = read("/api/admin/websocket-stats", Operations.Stats.class);

      assertThat(stats.node()).isEqualTo("test-node");
      assertThat(stats.connections().active()).isEqualTo(1);
      assertThat(stats.connections().users()).isEqualTo(1);
      assertThat(stats.connections().opened()).isEqualTo(2);
      assertThat(stats.connections().disconnects()).containsEntry("1006", 1L);
      assertThat(stats.connections().disconnectsPerMinute()).isEqualTo(1);
      assertThat(stats.connections().upgradeSuccessRate()).isEqualTo(1);
      assertThat(stats.connections().lifetime().count()).isEqualTo(1);
      assertThat(stats.messages().received()).isEqualTo(1);
      assertThat(stats.messages().snapshots()).isEqualTo(1);
      assertThat(stats.messages().bytes().get("answer")).isPositive();
      assertThat(stats.realtime().percent()).isEqualTo(100);
      assertThat(stats.realtime().streamingUsers()).isEqualTo(2);
    }
  }

  /// REQ-15: an order's way to its client is measured.
  @Test
  void theLatencyOfAnOrderIsTold() throws Exception {
    gateway.board.judge(gateway.sampler.sample());
    buy("k0");
    try (var client = open(ada)) {
      client.text("{\"type\":\"subscribe\"}");
      next(client, "subscribed");
      buy("k1");
      next(client, "order_update");
      Eventually.holds("it is counted", () -> sequenced().count() == 1);

      assertThat(sequenced().p50()).isNotNull();
    }
  }

  @Test
  void everyAlertIsListedWithItsState() throws Exception {
    var alerts = read("/api/admin/alerts", Operations.Alerts.class);

    assertThat(alerts.alerts())
        .extracting(Operations.Alert::name)
        .containsExactlyElementsOf(Arrays.stream(AlertRule.values()).map(AlertRule::word).toList());
    assertThat(alerts.alerts()).extracting(Operations.Alert::state).containsOnly("inactive");
  }

  /// REQ-14: eleven clients that vanish fire the alert.
  @Test
  void anAlertThatFiresIsListedAsFiring() throws Exception {
    gateway.board.judge(gateway.sampler.sample());
    for (var number = 0; number < 11; number++) {
      open(gateway.session("user" + number)).reset();
    }
    Eventually.holds("all losses are noticed", () -> gateway.hub.stats().connections() == 0);
    gateway.clock.advance(Duration.ofSeconds(5));
    gateway.board.judge(gateway.sampler.sample());

    var firing =
        read("/api/admin/alerts", Operations.Alerts.class).alerts().stream()
            .filter(alert -> alert.state().equals("firing"))
            .toList();

    assertThat(firing).extracting(Operations.Alert::name).containsExactly("disconnect_rate");
    assertThat(firing.getFirst().value()).isEqualTo(11);
    assertThat(firing.getFirst().since()).isEqualTo(gateway.clock.instant());
  }

  @Test
  void aDisconnectedUserIsToldWhenToComeBackAndMay() throws Exception {
    var bob = gateway.session("bob");
    try (var first = open(ada);
        var second = open(ada);
        var stranger = open(bob)) {
      var user = ada.identity().user().value();

      var answer = post("/api/admin/users/" + user + "/disconnect");

      assertThat(answer.status()).isEqualTo(202);
      assertThat(Json.read(answer.body(), Operations.Disconnected.class))
          .isEqualTo(new Operations.Disconnected(user, 2));
      for (var client : List.of(first, second)) {
        var shutdown = next(client, "shutdown");
        assertThat(shutdown.at("/data/reconnectAfterMs/min").asInt()).isPositive();
        assertThat(shutdown.at("/data/reason").asText()).contains("administrator");
        assertThat(closeCode(client)).isEqualTo(1012);
      }
      open(ada).close();
      stranger.text("{\"type\":\"ping\",\"id\":\"1\"}");
      next(stranger, "pong");
    }
  }

  @Test
  void drainingBeginsTheEndOfTheNode() throws Exception {
    var answer = post("/api/admin/drain");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(Json.read(answer.body(), Operations.Draining.class).node()).isEqualTo("test-node");
    assertThat(gateway.left).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/admin/websocket-stats",
    "GET, /api/admin/alerts",
    "POST, /api/admin/users/ada/disconnect",
    "POST, /api/admin/drain"
  })
  void onlyAdministratorsSteerAndWatch(String method, String path) throws Exception {
    var line = method + " " + path + " HTTP/1.1";

    assertThat(gateway.ask(line, "Host: x", EdgeFixture.cookie(ada)).status()).isEqualTo(403);
    assertThat(gateway.ask(line, "Host: x").status()).isEqualTo(401);
    assertThat(gateway.left).hasValue(0);
  }

  private void buy(String key) throws IOException {
    var order =
        "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"market\",\"timeInForce\":\"day\","
            + "\"qty\":\"5\"}";
    var answer =
        gateway.post("/api/orders", order, EdgeFixture.cookie(ada), "Idempotency-Key: " + key);
    assertThat(answer.status()).isEqualTo(202);
  }

  private Operations.Timing sequenced() {
    try {
      var written = read("/api/admin/websocket-stats", Operations.Stats.class).delivery().written();
      var timing = written.get("sequenced");
      return timing == null ? new Operations.Timing(0, null, null, null) : timing;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private <T> T read(String path, Class<T> type) throws IOException {
    var answer = gateway.get(path, admin);
    assertThat(answer.status()).isEqualTo(200);
    return Json.read(answer.body(), type);
  }

  private RawSocket.Response post(String path) throws IOException {
    return gateway.ask("POST " + path + " HTTP/1.1", "Host: x", EdgeFixture.cookie(admin));
  }

  private RawSocket open(Opened session) throws IOException {
    var client = new RawSocket(gateway.server.port());
    assertThat(client.ask(RawSocket.upgrade(EdgeFixture.cookie(session))).status()).isEqualTo(101);
    next(client, "welcome");
    return client;
  }

  private int connections(Opened session) {
    return gateway.bus.connections(session.identity().user());
  }

  private static JsonNode next(RawSocket client, String type) throws IOException {
    var passed = new ArrayList<String>();
    while (true) {
      var frame = client.frame();
      if (frame.opCode() == RawSocket.TEXT) {
        var message = Json.read(frame.text(), JsonNode.class);
        if (message.path("type").asText().equals(type)) {
          return message;
        }
        passed.add(message.path("type").asText());
      } else if (frame.opCode() == RawSocket.CLOSE) {
        throw new AssertionError("closed after " + passed);
      }
    }
  }

  private static int closeCode(RawSocket client) throws IOException {
    while (true) {
      var frame = client.frame();
      if (frame.opCode() == RawSocket.CLOSE) {
        return frame.closeCode();
      }
    }
  }
}
