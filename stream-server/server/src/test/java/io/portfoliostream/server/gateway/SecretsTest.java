package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.gateway.RawSocket.Response;
import io.portfoliostream.server.testkit.LogCapture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is secret stands in no log, in no answer and in no address, whatever goes wrong.
class SecretsTest {
  private static final String HUNTER = "hunter2hunter2";

  private final LogCapture log = new LogCapture();
  private final GatewayFixture gateway = new GatewayFixture();
  private final Opened ada = gateway.session("ada", "admin");

  @AfterEach
  void stop() {
    gateway.close();
    log.close();
  }

  /// Where a secret stands in what is sent.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"username\":\"ada\",\"password\":\"hunter2hunter2\"}",
        "{\"username\":\"hunter2hunter2\",\"password\":\"x\"}",
        "{\"username\":\"hunter2 hunter2hunter2\",\"password\":\"x\"}",
        "{\"username\":\"ada\",\"password\":hunter2hunter2}",
        "{\"username\":\"ada\",\"password\":[\"hunter2hunter2\"]}",
        "{\"password\":\"hunter2hunter2\"}",
        "{\"hunter2hunter2\":",
        "hunter2hunter2"
      })
  void aSignInThatFails(String body) throws Exception {
    var answer = gateway.post("/api/login", body);

    assertThat(answer.status()).isBetween(400, 422);
    nothingIsTold(answer);
  }

  @Test
  void numbersAreNotRepeatedEither() throws Exception {
    var answer = gateway.post("/api/login", "{\"username\":\"ada\",\"password\":31415926}");

    assertThat(answer.status()).isBetween(400, 422);
    assertThat(answer.body() + log.text()).doesNotContain("31415926");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"currentPassword\":\"hunter2hunter2\",\"newPassword\":\"long enough\"}",
        "{\"currentPassword\":\"secret of ada\",\"newPassword\":\"hunter2hunter2\"}",
        "{\"currentPassword\":\"hunter2hunter2\",\"newPassword\":\"hunter2hunter2\"}",
        "{\"currentPassword\":\"x\",\"newPassword\":hunter2hunter2}"
      })
  void aNewPassword(String body) throws Exception {
    nothingIsTold(gateway.post("/api/password", body, EdgeFixture.cookie(ada)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":\"hunter2hunter2\"}",
        "{\"environment\":\"moon\",\"keyId\":\"PK1\",\"secret\":\"hunter2hunter2\"}",
        "{\"environment\":\"paper\",\"secret\":\"hunter2hunter2\"}",
        "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":hunter2hunter2}",
        "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":{\"a\":\"hunter2hunter2\"}}"
      })
  void anAccountThatCannotBeLinked(String body) throws Exception {
    nothingIsTold(send("PUT", "/api/broker-account", body));
    gateway.kept.connector.goAway();
    nothingIsTold(send("PUT", "/api/broker-account", body));
  }

  @Test
  void anAccountThatIsLinked() throws Exception {
    gateway.kept.connector.accepts("PK1", "A1", true);
    var body = "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":\"hunter2hunter2\"}";

    var answer = send("PUT", "/api/broker-account", body);

    assertThat(answer.status()).isEqualTo(200);
    nothingIsTold(answer);
    nothingIsTold(gateway.get("/api/broker-account", ada));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"username\":\"eve\",\"password\":\"hunter2hunter2\"}",
        "{\"username\":\"ada\",\"password\":\"hunter2hunter2\"}",
        "{\"username\":\"eve\",\"password\":\"hunter2hunter2\",\"roles\":[\"x\"]}",
        "{\"username\":\"eve\",\"password\":[\"hunter2hunter2\"]}"
      })
  void aUserWhoIsMade(String body) throws Exception {
    nothingIsTold(gateway.post("/api/admin/users", body, EdgeFixture.cookie(ada)));
  }

  @Test
  void aGeneratedPasswordIsToldToOneAnswerAndNobodyElse() throws Exception {
    var made = gateway.post("/api/admin/users", "{\"username\":\"eve\"}", EdgeFixture.cookie(ada));

    var password = made.body().replaceFirst(".*\"password\":\"([^\"]+)\".*", "$1");
    assertThat(password).hasSize(20);
    assertThat(log.text()).doesNotContain(password);
    assertThat(gateway.get("/api/admin/audit", ada).body()).doesNotContain(password);
  }

  /// Statements that fail tell neither the passwords nor their hashes, nor a cookie.
  @Test
  void aDatabaseThatFails() throws Exception {
    var hash = gateway.text("select password_hash from app_user where username = 'ada'");
    gateway.execute("alter table session add column trap text not null default 'x'");
    gateway.execute("alter table session alter column trap drop default");
    var answers = new ArrayList<Response>();
    answers.add(
        gateway.post("/api/login", "{\"username\":\"ada\",\"password\":\"secret of ada\"}"));
    gateway.execute(
        "alter table app_user add constraint trap check (password_hash = 'x') not valid");
    answers.add(
        gateway.post(
            "/api/password",
            "{\"currentPassword\":\"secret of ada\",\"newPassword\":\"hunter2hunter2\"}",
            EdgeFixture.cookie(ada)));
    answers.add(
        gateway.post(
            "/api/admin/users",
            "{\"username\":\"eve\",\"password\":\"hunter2hunter2\"}",
            EdgeFixture.cookie(ada)));

    assertThat(answers).extracting(Response::status).containsOnly(500);
    assertThat(log.text()).contains("a request failed by our own fault");
    answers.forEach(this::nothingIsTold);
    assertThat(log.text()).doesNotContain(hash, "secret of ada", "$argon2id$", ada.cookie());
  }

  @Test
  void aDatabaseThatIsAway() throws Exception {
    gateway.source.goAway();
    var body = "{\"username\":\"ada\",\"password\":\"hunter2hunter2\"}";

    var answer = gateway.post("/api/login", body);

    assertThat(answer.status()).isEqualTo(503);
    nothingIsTold(answer);
  }

  /// What is in an address is in logs and histories: nothing secret is taken from there.
  @Test
  void anAddressOpensNothing() throws Exception {
    for (var name : List.of("portfolio_session", "token", "session", "sid")) {
      var query = "?" + name + "=" + ada.cookie();
      assertThat(ask("/api/me" + query).status()).isEqualTo(401);
      try (var client = new RawSocket(gateway.server.port())) {
        var upgrade = RawSocket.upgrade().replace("/ws/portfolio", "/ws/portfolio" + query);
        assertThat(client.ask(upgrade).status()).isEqualTo(401);
      }
    }
    assertThat(ask("/api/login?username=ada&password=hunter2hunter2").status()).isEqualTo(405);
    assertThat(log.text()).doesNotContain(ada.cookie(), HUNTER);
  }

  @Test
  void aCookieStandsInNoLog() throws Exception {
    try (var stream = gateway.stream(ada)) {
      gateway.get("/api/me", ada);
      gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost", EdgeFixture.cookie(ada));
      assertThat(stream.closeCode()).isEqualTo(4401);
    }
    gateway.get("/api/me", ada);

    assertThat(log.text()).contains("logout by ada").doesNotContain(ada.cookie());
  }

  private Response ask(String path) throws IOException {
    return gateway.ask("GET " + path + " HTTP/1.1", "Host: localhost");
  }

  private Response send(String method, String path, String body) throws IOException {
    return gateway.send(
        method + " " + path + " HTTP/1.1",
        body,
        "Host: localhost",
        "Content-Type: application/json",
        "Content-Length: " + body.getBytes(UTF_8).length,
        EdgeFixture.cookie(ada));
  }

  private void nothingIsTold(Response answer) {
    assertThat(answer.head() + answer.body()).doesNotContain(HUNTER);
    assertThat(log.text()).doesNotContain(HUNTER);
  }
}
