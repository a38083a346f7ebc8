package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.AccessRest;
import io.portfoliostream.protocol.AccessRest.AuditTrail.Event;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Sessions.Opened;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final String BUY =
      "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"market\",\"timeInForce\":\"day\","
          + "\"qty\":\"5\"}";

  private final GatewayFixture gateway = new GatewayFixture();
  private final Opened root = gateway.session("root", "admin");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void signingInAndOutIsNotedWithWhoWhenAndFromWhere() throws Exception {
    var ada = gateway.session("ada").identity().user().value();
    var login = login("ada", "secret of ada", "X-Forwarded-For: 203.0.113.9");
    gateway.ask(
        "POST /api/logout HTTP/1.1",
        "Host: localhost",
        "Cookie: " + login.header("Set-Cookie").split(";", 2)[0]);

    var events = events("");

    assertThat(events).extracting(Event::action).containsExactly("logout", "login");
    assertThat(events).extracting(Event::username).containsOnly("ada");
    assertThat(events).extracting(Event::userId).containsOnly(ada);
    assertThat(events).extracting(Event::at).containsOnly(gateway.clock.instant());
    assertThat(events).extracting(Event::address).containsExactly("127.0.0.1", "203.0.113.9");
  }

  /// What stands in the field of the name may be a password.
  @Test
  void aSignInThatFailsIsNotedByNameOnlyWhereTheNameIsKnown() throws Exception {
    var ada = gateway.session("ada").identity().user().value();
    login("ADA", "guess");
    login("hunter2", "ada");

    var events = events("");

    assertThat(events).extracting(Event::action).containsOnly("login_failed");
    assertThat(events).extracting(Event::subject).containsExactly(null, ada);
    assertThat(events).extracting(Event::userId).containsOnlyNulls();
    assertThat(events.toString()).doesNotContain("hunter2", "guess");
  }

  @Test
  void passwordsAndSessionsThatUsersChangeAreNoted() throws Exception {
    gateway.session("ada");
    gateway.clock.advance(Duration.ofMinutes(1));
    var own = gateway.session("ada");
    password(own, "guess");
    password(own, "secret of ada");
    gateway.clock.advance(Duration.ofMinutes(1));
    var third = gateway.session("ada");
    var id =
        Json.read(gateway.get("/api/sessions", third).body(), AccessRest.Sessions.class)
            .sessions()
            .getLast()
            .id();
    gateway.ask("DELETE /api/sessions/" + id + " HTTP/1.1", "Host: x", EdgeFixture.cookie(third));

    var events = events("");

    assertThat(events)
        .extracting(Event::action)
        .containsExactly("session_revoked", "password_changed", "password_change_failed");
    assertThat(events).extracting(Event::userId).containsOnly(own.identity().user().value());
    assertThat(events).extracting(Event::subject).containsExactly(id, null, null);
    assertThat(events.get(1).detail()).isEqualTo("1 other sessions ended");
    assertThat(events.toString()).doesNotContain("guess", "secret of ada", "new and long");
  }

  @Test
  void brokerAccountsThatUsersLinkAndLetGoAreNoted() throws Exception {
    gateway.kept.connector.accepts("PK1", "A1", true);
    var ada = gateway.session("ada");
    var link = "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":\"hunter2hunter2\"}";
    var put =
        gateway.send(
            "PUT /api/broker-account HTTP/1.1",
            link,
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: " + link.length(),
            EdgeFixture.cookie(ada));
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    gateway.ask("DELETE /api/broker-account HTTP/1.1", "Host: x", EdgeFixture.cookie(ada));
    gateway.ask("DELETE /api/broker-account HTTP/1.1", "Host: x", EdgeFixture.cookie(ada));

    var events = events("");

    assertThat(events)
        .extracting(Event::action)
        .containsExactly("broker_account_unlinked", "broker_account_linked");
    assertThat(events.getLast().detail()).isEqualTo("paper");
    assertThat(events.toString()).doesNotContain("hunter2", "PK1");
  }

  @Test
  void aSessionThatANewSignInEndsIsNoted() throws Exception {
    var ada = gateway.session("ada");
    login("ada", "secret of ada", EdgeFixture.cookie(ada));

    var events = events("");

    assertThat(events).extracting(Event::action).containsExactly("login", "session_revoked");
    assertThat(events.getLast().detail()).isEqualTo("by a new sign-in");
  }

  @Test
  void anOrderIsNotedOnceByItsIdAlone() throws Exception {
    var ada = gateway.session("ada");
    for (var repetition = 0; repetition < 3; repetition++) {
      gateway.post("/api/orders", BUY, EdgeFixture.cookie(ada), "Idempotency-Key: k1");
    }
    var order =
        Json.read(gateway.get("/api/orders", ada).body(), Rest.Orders.class).orders().getFirst();

    var events = events("");

    assertThat(events).extracting(Event::action).containsExactly("order_placed");
    assertThat(events.getFirst().subject()).isEqualTo(order.orderId());
    assertThat(events.getFirst().userId()).isEqualTo(ada.identity().user().value());
    assertThat(events.getFirst().detail()).isNull();
  }

  @Test
  void whatAdministratorsDoIsNoted() throws Exception {
    var cookie = EdgeFixture.cookie(root);
    gateway.post("/api/admin/users", "{\"username\":\"ada\"}", cookie);
    gateway.post("/api/admin/users", "{\"username\":\"ada\"}", cookie);
    var ada = gateway.users.find("ada").orElseThrow().id().value();
    var body = "{\"disabled\":true,\"roles\":[\"user\"],\"resetPassword\":true}";
    gateway.send(
        "PATCH /api/admin/users/" + ada + " HTTP/1.1",
        body,
        "Host: localhost",
        "Content-Type: application/json",
        "Content-Length: " + body.length(),
        cookie);

    var events = events("");

    assertThat(events).extracting(Event::action).containsExactly("user_changed", "user_created");
    assertThat(events).extracting(Event::subject).containsOnly(ada);
    assertThat(events).extracting(Event::username).containsOnly("root");
    assertThat(events)
        .extracting(Event::detail)
        .containsExactly("disabled roles [user] password", "roles [user]");
  }

  @Test
  void theLogIsReadPageByPage() throws Exception {
    gateway.session("ada");
    for (var count = 0; count < 5; count++) {
      login("ada", "secret of ada");
    }

    var first = events("?limit=2");
    var second = events("?limit=2&before=" + first.getLast().id());
    var third = events("?limit=2&before=" + second.getLast().id());

    assertThat(first).hasSize(2);
    assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
    assertThat(third).hasSize(1).doesNotContainAnyElementsOf(second);
    assertThat(gateway.get("/api/admin/audit?limit=501", root).status()).isEqualTo(422);
  }

  @Test
  void oldEntriesAreForgottenAndOtherOnesKept() throws Exception {
    gateway.session("ada");
    login("ada", "secret of ada");
    gateway.clock.advance(Duration.ofHours(2));
    var later = gateway.session("root", "admin");
    login("ada", "secret of ada");

    assertThat(gateway.audit.forgetOlderThan(Duration.ofHours(1))).isEqualTo(1);

    assertThat(gateway.audit.read(Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(gateway.get("/api/admin/audit", later).status()).isEqualTo(200);
  }

  private RawSocket.Response login(String username, String password, String... headers)
      throws IOException {
    return gateway.post(
        "/api/login",
        "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}",
        headers);
  }

  private void password(Opened session, String current) throws IOException {
    gateway.post(
        "/api/password",
        "{\"currentPassword\":\"" + current + "\",\"newPassword\":\"new and long\"}",
        EdgeFixture.cookie(session));
  }

  private List<Event> events(String query) throws IOException {
    var answer = gateway.get("/api/admin/audit" + query, root);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Json.read(answer.body(), AccessRest.AuditTrail.class).events();
  }
}
