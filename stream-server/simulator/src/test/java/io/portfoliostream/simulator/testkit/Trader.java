package io.portfoliostream.simulator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import io.portfoliostream.simulator.broker.FillPolicy;
import io.portfoliostream.simulator.faults.Posted;
import io.portfoliostream.simulator.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The owner of the account `demo` at a running simulator in which nothing moves by itself: orders
/// are routed and filled when [#fill] says so, and AAPL costs 200.03. It begins with 40 AAPL.
public final class Trader implements AutoCloseable {
  private static final String LISTEN =
      "{\"action\":\"listen\",\"data\":{\"streams\":[\"trade_updates\"]}}";

  private static final int ATTEMPTS = 1_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BrokerSimulator broker;

  /// Starts a simulator.
  public Trader() {
    this(options());
  }

  /// Starts a simulator of its own kind.
  public Trader(SimulatorOptions options) {
    try {
      broker = BrokerSimulator.start(options);
    } catch (IOException e) {
      throw new AssertionError("the simulator did not start", e);
    }
    broker.setPrice("AAPL", new BigDecimal("200.00"));
  }

  /// A simulator in which nothing moves by itself.
  public static SimulatorOptions options() {
    var never = Duration.ofHours(1);
    return SimulatorOptions.defaults()
        .withTicksPerSecond(0)
        .withFills(new FillPolicy(never, never, never, 0));
  }

  /// The simulator.
  public BrokerSimulator broker() {
    return broker;
  }

  /// Posts a fault by the admin interface and returns its id.
  public long fault(String json) throws IOException, InterruptedException {
    var answer = send("POST", "/simulator/faults", json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).path("id").asLong();
  }

  /// How often a fault happened.
  public long happened(long fault) {
    return posted(fault).happened();
  }

  /// A fault on the board.
  public Posted posted(long fault) {
    return broker.faults().list().stream()
        .filter(posted -> posted.id() == fault)
        .findFirst()
        .orElseThrow();
  }

  /// Waits until a fault has happened so often.
  public void awaitHappened(long fault, long times) throws InterruptedException {
    var never = new CountDownLatch(1);
    for (int attempt = 0; attempt < ATTEMPTS && happened(fault) < times; attempt++) {
      assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(happened(fault)).isGreaterThanOrEqualTo(times);
  }

  /// A stream that listens to trade updates.
  public RawStream listening() throws IOException {
    var stream = new RawStream(broker.stream());
    stream.send(auth());
    assertThat(stream.next()).contains("\"status\":\"authorized\"");
    stream.send(LISTEN);
    assertThat(stream.next()).contains("\"streams\":[\"trade_updates\"]");
    return stream;
  }

  /// The message that says who one is.
  public String auth() {
    var account = broker.account("demo");
    return Json.object()
        .put("action", "auth")
        .put("key", account.key())
        .put("secret", account.secret())
        .toString();
  }

  /// The message that asks for trade updates.
  public static String listen() {
    return LISTEN;
  }

  /// Places an order for 5 AAPL.
  public HttpResponse<String> buy(String clientOrderId) throws IOException, InterruptedException {
    var order =
        Json.object()
            .put("client_order_id", clientOrderId)
            .put("symbol", "AAPL")
            .put("qty", "5")
            .put("side", "buy")
            .put("type", "market")
            .put("time_in_force", "day");
    return send("POST", "/v2/orders", order.toString());
  }

  /// Has everything routed and filled.
  public void fill() {
    broker.fillNow();
  }

  /// A request with the account's keys.
  public HttpResponse<String> send(String method, String target, String body)
      throws IOException, InterruptedException {
    var demo = broker.account("demo");
    return http.send(
        HttpRequest.newBuilder(broker.rest().resolve(target))
            .timeout(Duration.ofSeconds(20))
            .header("APCA-API-KEY-ID", demo.key())
            .header("APCA-API-SECRET-KEY", demo.secret())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// A request without a body.
  public HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return send("GET", target, "");
  }

  /// The whole account as the broker knows it.
  public JsonNode truth() throws IOException, InterruptedException {
    return json(get("/simulator/accounts/demo"));
  }

  /// Asserts what became of an order, and how many AAPL are held.
  public void assertTruth(String clientOrderId, String status, String shares)
      throws IOException, InterruptedException {
    var truth = truth();
    assertThat(truth.path("orders"))
        .filteredOn(order -> order.path("client_order_id").asText().equals(clientOrderId))
        .extracting(order -> order.path("status").asText())
        .containsExactly(status);
    assertThat(truth.path("positions"))
        .filteredOn(position -> position.path("symbol").asText().equals("AAPL"))
        .extracting(position -> position.path("qty").asText())
        .containsExactly(shares);
  }

  /// The body of an answer.
  public static ObjectNode json(HttpResponse<String> answer) {
    return Json.parseObject(answer.body()).orElseThrow(() -> new AssertionError(answer.body()));
  }

  @Override
  public void close() {
    broker.close();
    http.close();
  }
}
