package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.gateway.RawSocket.Response;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Changing and canceling orders, closing positions, the own broker account and what was corrected,
/// over HTTP.
class OrderRestTest {
  private static final String LIMIT =
      "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"limit\",\"timeInForce\":\"gtc\","
          + "\"qty\":\"5\",\"limitPrice\":\"100\"}";

  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Response call(String method, String path, Opened session, String body, String... more)
      throws Exception {
    var headers = new ArrayList<>(List.of("Host: localhost"));
    headers.add(EdgeFixture.cookie(session));
    headers.addAll(List.of(more));
    if (!body.isEmpty()) {
      headers.add("Content-Type: application/json");
      headers.add("Content-Length: " + body.length());
    }
    return gateway.send(method + " " + path + " HTTP/1.1", body, headers.toArray(String[]::new));
  }

  private static Problem problem(Response response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    return Json.read(response.body(), Problem.class);
  }

  private static OrderUpdate accepted(Response response) {
    assertThat(response.status()).as(response.body()).isEqualTo(202);
    return Json.read(response.body(), Rest.OrderAccepted.class).order();
  }

  private OrderUpdate order(Opened session) throws Exception {
    return accepted(call("POST", "/api/orders", session, LIMIT, "Idempotency-Key: k1"));
  }

  private void hold(Opened session, String symbol, String quantity) {
    var now = gateway.clock.instant();
    var position =
        new Position(
            symbol, new BigDecimal(quantity), BigDecimal.TEN, BigDecimal.TEN, null, now, now);
    gateway.ledger.book(
        session.identity().user(), Cause.STREAM, now, books -> books.record(position, null, null));
  }

  @Test
  void anOrderIsReadChangedAndCanceledByItsId() throws Exception {
    var ada = gateway.session("ada");
    var order = order(ada);
    var path = "/api/orders/" + order.orderId();

    var read = call("GET", path, ada, "");
    assertThat(Json.read(read.body(), Rest.Orders.class).orders()).containsExactly(order);

    var changed = accepted(call("PATCH", path, ada, "{\"limitPrice\":\"101\"}"));
    assertThat(changed.replaces()).isEqualTo(order.orderId());
    assertThat(changed.limitPrice()).isEqualByComparingTo("101");

    var canceled = accepted(call("DELETE", "/api/orders/" + changed.orderId(), ada, ""));
    assertThat(canceled.status()).isEqualTo("canceled");
    assertThat(problem(call("DELETE", "/api/orders/" + changed.orderId(), ada, ""), 409).code())
        .isEqualTo("conflict");
  }

  @Test
  void nobodyReachesTheOrdersOfOthers() throws Exception {
    var path = "/api/orders/" + order(gateway.session("ada")).orderId();
    var bob = gateway.session("bob");

    problem(call("GET", path, bob, ""), 404);
    problem(call("PATCH", path, bob, "{\"limitPrice\":\"101\"}"), 404);
    problem(call("DELETE", path, bob, ""), 404);
  }

  @Test
  void aChangeThatIsWrongNamesItsFields() throws Exception {
    var ada = gateway.session("ada");
    var path = "/api/orders/" + order(ada).orderId();

    var problem = problem(call("PATCH", path, ada, "{\"stopPrice\":\"9\",\"qty\":\"0\"}"), 422);

    assertThat(Objects.requireNonNull(problem.errors()))
        .extracting(FieldError::field)
        .contains("stopPrice", "qty");
    problem(call("PATCH", path, ada, "{\"qty\":\"many\"}"), 400);
  }

  @Test
  void positionsAreClosedOneOrAllOncePerKey() throws Exception {
    var ada = gateway.session("ada");
    hold(ada, "AAPL", "12");
    hold(ada, "TSLA", "-3");

    problem(call("DELETE", "/api/positions/AAPL", ada, ""), 400);
    var one = accepted(call("DELETE", "/api/positions/AAPL", ada, "", "Idempotency-Key: one"));
    assertThat(one.qty()).isEqualByComparingTo("12");
    problem(call("DELETE", "/api/positions/MSFT", ada, "", "Idempotency-Key: two"), 404);

    var all = call("DELETE", "/api/positions", ada, "", "Idempotency-Key: all");
    var again = call("DELETE", "/api/positions", ada, "", "Idempotency-Key: all");

    assertThat(Json.read(all.body(), Rest.OrdersAccepted.class).orders()).hasSize(2);
    assertThat(Json.read(again.body(), Rest.OrdersAccepted.class).orders())
        .containsExactlyInAnyOrderElementsOf(
            Json.read(all.body(), Rest.OrdersAccepted.class).orders());
  }

  @Test
  void aBrokerAccountIsTestedLinkedShownAndForgotten() throws Exception {
    var ada = gateway.session("ada");
    gateway.kept.connector.accepts("PK1", "PA1", true);
    var keys = "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":\"hush-hush\"}";

    var wrong = problem(call("PUT", "/api/broker-account", ada, keys.replace("PK1", "PK9")), 422);
    assertThat(Objects.requireNonNull(wrong.errors()))
        .extracting(FieldError::field)
        .containsExactly("secret");
    var linked = call("PUT", "/api/broker-account", ada, keys);
    var shown = call("GET", "/api/broker-account", ada, "");

    assertThat(linked.status()).isEqualTo(200);
    assertThat(linked.body()).contains("PK1").doesNotContain("hush-hush");
    assertThat(shown.body()).contains("PA1").doesNotContain("hush-hush");
    assertThat(call("DELETE", "/api/broker-account", ada, "").status()).isEqualTo(204);
    problem(call("DELETE", "/api/broker-account", ada, ""), 404);
  }

  @Test
  void theComparisonOnDemandTellsWhatItCorrected() throws Exception {
    var ada = gateway.session("ada");
    problem(call("POST", "/api/positions/sync", ada, ""), 422);
    gateway.kept.connector.accepts("PK1", "PA1", true);
    var keys = "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":\"hush-hush\"}";
    assertThat(call("PUT", "/api/broker-account", ada, keys).status()).isEqualTo(200);
    assertThat(call("POST", "/api/positions/sync", ada, "").status()).isEqualTo(200);
    hold(ada, "AAPL", "12");

    var synced = call("POST", "/api/positions/sync", ada, "");

    var corrections = Json.read(synced.body(), Rest.Corrections.class).corrections();
    assertThat(corrections)
        .singleElement()
        .satisfies(correction -> {
          assertThat(correction.kind()).isEqualTo("position");
          assertThat(correction.subject()).isEqualTo("AAPL");
          assertThat(correction.was()).isEqualTo("12");
          assertThat(correction.became()).isEqualTo("0");
          assertThat(correction.drift()).isTrue();
        });
    var own = call("GET", "/api/corrections", ada, "");
    assertThat(Json.read(own.body(), Rest.Corrections.class).corrections()).isEqualTo(corrections);
    var others = call("GET", "/api/corrections", gateway.session("bob"), "");
    assertThat(Json.read(others.body(), Rest.Corrections.class).corrections()).isEmpty();
  }

  @Test
  void everyonesCorrectionsAreForAdministrators() throws Exception {
    assertThat(problem(call("GET", "/api/admin/drift", gateway.session("ada"), ""), 403).code())
        .isEqualTo("forbidden");
    var admin = gateway.session("root", "admin");

    var drift = call("GET", "/api/admin/drift", admin, "");

    assertThat(Json.read(drift.body(), Rest.Drift.class).newest()).isEmpty();
  }
}
