package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.client.ClientSettings;
import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.FallbackReason;
import io.portfoliostream.client.PortfolioClient;
import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Operations;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.rollout.Rollout;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real time is switched off, on and rolled out while the server runs.
class RealtimeSwitchTest {
  private static final String PATH = "/api/admin/realtime";
  private static final Duration PROMISED = Duration.ofSeconds(5);

  private final GatewayFixture gateway = new GatewayFixture();
  private final Opened admin = gateway.session("root", "admin");
  private final Opened ada = gateway.session("ada");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void switchedOffEveryStreamEndsWith4004WithinASecond() throws Exception {
    try (var client = open(ada)) {
      var before = System.nanoTime();
      change("{\"enabled\":false}");

      assertThat(closeCode(client)).isEqualTo(4004);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    }
    assertThat(status(ada).realtimeEnabled()).isFalse();
    try (var client = new RawSocket(gateway.server.port())) {
      var refused = client.ask(RawSocket.upgrade(EdgeFixture.cookie(ada)));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"realtime_disabled\"");
    }
  }

  @Test
  void everyoneIsToldOfTheSwitchByTheHealth() throws Exception {
    change("{\"enabled\":false}");
    assertThat(health().realtime().enabled()).isFalse();

    change("{\"enabled\":true}");
    assertThat(health().realtime().enabled()).isTrue();
  }

  @Test
  void aSmallerPercentageEndsTheStreamsOfThoseOutsideOnly() throws Exception {
    var inside = sessionWhere(true, 50);
    var outside = sessionWhere(false, 50);
    try (var stays = open(inside);
        var goes = open(outside)) {
      change("{\"percent\":50}");

      assertThat(closeCode(goes)).isEqualTo(4004);
      stays.text("{\"type\":\"ping\",\"id\":\"1\"}");
      assertThat(nextText(stays).path("type").asText()).isEqualTo("pong");
    }
    assertThat(status(inside).realtimeEnabled()).isTrue();
    assertThat(status(outside).realtimeEnabled()).isFalse();
    assertThat(metrics())
        .contains(
            "portfolio_realtime_percent{node=\"test-node\"} 50",
            "portfolio_cohort_users{cohort=\"polling\",node=\"test-node\"}");
  }

  /// REQ-8: a client whose real time is switched off polls within 5 s, says so, and is live again
  /// soon after it is switched on.
  @Test
  void ourClientPollsWhileRealTimeIsOffAndComesBackByItself() throws Exception {
    var server = URI.create("http://127.0.0.1:" + gateway.server.port());
    var cookie = new SessionCookie(ada.cookie());
    try (var client = PortfolioClient.create(ClientSettings.of(server), cookie)) {
      client.start();
      Eventually.holds("live", () -> client.connection() instanceof ConnectionState.Live);

      var before = System.nanoTime();
      change("{\"enabled\":false}");
      Eventually.holds("it polls", () -> client.counters().polls() > 0);

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isLessThan(PROMISED.plus(Duration.ofMillis(500)));
      assertThat(client.connection())
          .isInstanceOfSatisfying(
              ConnectionState.Polling.class,
              polling -> assertThat(polling.reason()).isEqualTo(FallbackReason.REALTIME_DISABLED));

      change("{\"enabled\":true}");
      Eventually.holds("live again", () -> client.connection() instanceof ConnectionState.Live);
    }
  }

  @Test
  void onlyAdministratorsSwitch() throws Exception {
    assertThat(gateway.post(PATH, "{\"enabled\":false}", EdgeFixture.cookie(ada)).status())
        .isEqualTo(403);
    assertThat(gateway.get(PATH, ada).status()).isEqualTo(403);
    assertThat(gateway.post(PATH, "{\"enabled\":false}").status()).isEqualTo(401);
    assertThat(gateway.rollout.state().rollout()).isEqualTo(Rollout.EVERYONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                  | 422
          {"percent":101}     | 422
          {"percent":-1}      | 422
          {"percent":"many"}  | 400
          {"enabled":"maybe"} | 400
          """)
  void aWishThatMakesNoSenseIsRefused(String wish, int status) throws Exception {
    assertThat(gateway.post(PATH, wish, EdgeFixture.cookie(admin)).status()).isEqualTo(status);
    assertThat(gateway.rollout.state().version()).isEqualTo(1);
  }

  @Test
  void theAnswerTellsWhatHoldsNowAndWhoChangedIt() throws Exception {
    change("{\"percent\":20}");

    var now = Json.read(gateway.get(PATH, admin).body(), Operations.Realtime.class);

    assertThat(now.enabled()).isTrue();
    assertThat(now.percent()).isEqualTo(20);
    assertThat(now.changedBy()).isEqualTo(admin.identity().user().value());
  }

  private void change(String wish) throws IOException {
    assertThat(gateway.post(PATH, wish, EdgeFixture.cookie(admin)).status()).isEqualTo(200);
  }

  private Opened sessionWhere(boolean inside, int percent) {
    var rollout = new Rollout(true, percent);
    return IntStream.range(0, 200)
        .mapToObj(number -> gateway.session("user" + number))
        .filter(session -> rollout.admits(user(session)) == inside)
        .findFirst()
        .orElseThrow();
  }

  private static UserId user(Opened session) {
    return session.identity().user();
  }

  private RawSocket open(Opened session) throws IOException {
    var client = new RawSocket(gateway.server.port());
    assertThat(client.ask(RawSocket.upgrade(EdgeFixture.cookie(session))).status()).isEqualTo(101);
    assertThat(nextText(client).path("type").asText()).isEqualTo("welcome");
    return client;
  }

  private static JsonNode nextText(RawSocket client) throws IOException {
    while (true) {
      var frame = client.frame();
      if (frame.opCode() == RawSocket.TEXT) {
        return Json.read(frame.text(), JsonNode.class);
      }
      assertThat(frame.opCode()).isEqualTo(RawSocket.PING);
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

  private Rest.StreamStatus status(Opened session) throws IOException {
    return Json.read(gateway.get("/api/stream/status", session).body(), Rest.StreamStatus.class);
  }

  private Rest.Health health() throws IOException {
    return Json.read(
        gateway.ask("GET /api/health HTTP/1.1", "Host: localhost").body(), Rest.Health.class);
  }

  private String metrics() throws IOException {
    try (var client = new RawSocket(gateway.server.managementPort())) {
      return client.ask(RawSocket.request("GET /metrics HTTP/1.1", "Host: x")).body();
    }
  }
}
