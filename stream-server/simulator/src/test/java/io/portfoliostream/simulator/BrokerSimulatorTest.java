package io.portfoliostream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.broker.FillPolicy;
import io.portfoliostream.simulator.edge.FrameKind;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.testkit.StreamClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulator over its sockets.
class BrokerSimulatorTest {
  private static final String LISTEN =
      "{\"action\":\"listen\",\"data\":{\"streams\":[\"trade_updates\"]}}";
  private static final String BUY =
      "{\"symbol\":\"AAPL\",\"qty\":\"5\",\"side\":\"buy\",\"type\":\"market\",\"time_in_force\":\"day\"}";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private BrokerSimulator broker = start(quiet());

  @BeforeEach
  void standStill() {
    broker.setPrice("AAPL", new BigDecimal("200.00"));
  }

  @AfterEach
  void close() {
    broker.close();
    http.close();
  }

  @Test
  void anOrderIsAnsweredByRestAndToldByTheTradingStreamInBinaryFrames() throws Exception {
    try (var stream = listening()) {
      var answer = post("/v2/orders", BUY);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/json");
      assertThat(stream.next())
          .startsWith("binary {\"stream\":\"trade_updates\"")
          .contains("\"event\":\"pending_new\"");
      assertThat(stream.next()).contains("\"event\":\"new\"");
      assertThat(stream.next()).contains("\"event\":\"fill\"", "\"price\":\"200.03\"");
    }
  }

  @Test
  void textFramesAreAnOption() throws Exception {
    broker.close();
    broker = start(quiet().withTradingFrames(FrameKind.TEXT));
    try (var stream = new StreamClient(http, broker.stream())) {
      stream.send(auth("demo"));
      assertThat(stream.next()).startsWith("text {\"stream\":\"authorization\"");
    }
  }

  @Test
  void marketDataComesAsTextArrays() throws Exception {
    try (var data = new StreamClient(http, broker.data())) {
      assertThat(data.next()).isEqualTo("text [{\"T\":\"success\",\"msg\":\"connected\"}]");
      data.send(auth("demo"));
      assertThat(data.next()).contains("authenticated");
      data.send("{\"action\":\"subscribe\",\"trades\":[\"*\"],\"quotes\":[\"AAPL\"]}");
      assertThat(data.next()).contains("\"T\":\"subscription\"");
      broker.setPrice("AAPL", new BigDecimal("201.00"));
      assertThat(data.next())
          .startsWith("text [{\"T\":\"t\",\"S\":\"AAPL\"")
          .contains("\"T\":\"q\"");
    }
  }

  @Test
  void theHandshakeMayCarryTheKeysOfMarketData() throws Exception {
    var demo = broker.account("demo");
    try (var data =
        new StreamClient(
            http,
            broker.data(),
            "APCA-API-KEY-ID",
            demo.key(),
            "APCA-API-SECRET-KEY",
            demo.secret())) {
      assertThat(data.next()).contains("connected");
      assertThat(data.next()).contains("authenticated");
    }
  }

  @Test
  void pricesMoveByThemselves() throws Exception {
    broker.close();
    broker = start(SimulatorOptions.defaults().withTicksPerSecond(500));
    try (var data = new StreamClient(http, broker.data())) {
      data.send(auth("demo"));
      data.send("{\"action\":\"subscribe\",\"trades\":[\"*\"]}");
      assertThat(data.next("\"T\":\"t\"")).contains("\"p\":");
      assertThat(data.next("\"T\":\"t\"")).contains("\"p\":");
    }
  }

  @Test
  void pingsAreAnsweredAndFragmentsPutTogether() throws Exception {
    try (var stream = new StreamClient(http, broker.stream())) {
      stream.ping();
      assertThat(stream.next()).isEqualTo("pong 3");
      stream.sendInParts(auth("demo"));
      assertThat(stream.next()).contains("\"status\":\"authorized\"");
    }
  }

  @Test
  void aCutSocketFreesItsSlotAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      var stream = listening();
      stream.close();
    }
    try (var last = listening()) {
      post("/v2/orders", BUY);
      assertThat(last.next()).contains("pending_new");
    }
  }

  @Test
  void aCleanCloseFreesItsSlotToo() throws Exception {
    var first = listening();
    first.closeCleanly();
    assertThat(first.next("close")).startsWith("close 1000");
    listening().close();
  }

  @Test
  void aSecondConnectionOfAnAccountIsRefused() throws Exception {
    try (var _ = listening();
        var second = new StreamClient(http, broker.stream())) {
      second.send(auth("demo"));
      assertThat(second.next()).contains("\"action\":\"error\"", "another connection is open");
      assertThat(second.next()).startsWith("close 1008");
    }
  }

  @Test
  void streamsCanBeDroppedByATest() throws Exception {
    try (var stream = listening()) {
      broker.dropStreams();
      assertThat(stream.next()).matches("error|close 1006.*");
      listening().close();
    }
  }

  @Test
  void closingSaysGoodbye() throws Exception {
    try (var stream = listening()) {
      broker.close();
      assertThat(stream.next()).isEqualTo("close 1001 shutting down");
    }
  }

  @Test
  void fillsCanBeMadeToHappenNow() throws Exception {
    broker.close();
    var slow =
        new FillPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 0);
    broker = start(quiet().withFills(slow));
    post("/v2/orders", BUY);
    broker.fillNow();
    assertThat(get("/v2/positions/AAPL").body()).contains("\"qty\":\"45\"");
  }

  @Test
  void requestsAreCountedAndTheAnswerTellsHowManyAreLeft() throws Exception {
    broker.close();
    broker = start(quiet().withRequestsPerMinute(2));
    assertThat(get("/v2/account").headers().firstValue("X-RateLimit-Limit")).hasValue("2");
    assertThat(get("/v2/clock").headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
    var refused = get("/v2/account");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("42910000");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(get("/v2/stocks/snapshots?symbols=AAPL").statusCode()).isEqualTo(200);
  }

  @Test
  void coinsHaveAStreamOfTheirOwn() throws Exception {
    var coins = URI.create(broker.data().toString().replace("/v2/iex", "/v1beta3/crypto/us"));
    try (var data = new StreamClient(http, coins)) {
      data.send(auth("demo"));
      data.send("{\"action\":\"subscribe\",\"trades\":[\"*\"]}");
      data.next("subscription");
      broker.setPrice("AAPL", new BigDecimal("201.00"));
      broker.setPrice("BTC/USD", new BigDecimal("70000.00"));
      assertThat(data.next()).contains("BTC/USD").doesNotContain("AAPL");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    var answer = post("/v2/orders", "{\"symbol\":\"" + "A".repeat(1 << 17) + "\"}");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("\"code\":41310000");
    assertThat(get("/v2/account").statusCode()).isEqualTo(200);
  }

  @Test
  void aMessageThatIsTooLargeEndsTheStream() throws Exception {
    try (var stream = new StreamClient(http, broker.stream())) {
      stream.send("x".repeat(1 << 19));
      assertThat(stream.next("close")).startsWith("close 1009");
    }
  }

  @Test
  void anUpgradeOnAnotherPathIsNotFound() {
    assertThatThrownBy(() -> new StreamClient(http, broker.stream().resolve("/nothing")).close())
        .isInstanceOf(CompletionException.class)
        .hasStackTraceContaining("status code 404");
  }

  @Test
  void aClientThatAsksForHttp2IsServedAsWell() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var health =
          client.send(
              HttpRequest.newBuilder(broker.rest().resolve("/simulator/health")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void garbageOnTheSocketDoesNotDisturbOthers() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
      socket.getOutputStream().write("\0\1\2 nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      assertThat(socket.getInputStream().readAllBytes()).isNotNull();
    }
    assertThat(get("/v2/account").statusCode()).isEqualTo(200);
  }

  @Test
  void thePathOfAClientOrderIdHasALiteralColon() throws Exception {
    post("/v2/orders", BUY.replace("{", "{\"client_order_id\":\"c-1\","));
    assertThat(get("/v2/orders:by_client_order_id?client_order_id=c-1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void stateSurvivesARestart(@TempDir Path folder) throws Exception {
    broker.close();
    broker = start(quiet().withDataDir(folder));
    post("/v2/orders", BUY);
    broker.fillNow();
    broker.setPrice("AAPL", new BigDecimal("321.00"));
    var orders = get("/v2/orders?status=all").body();
    var activities = get("/v2/account/activities").body();
    var account = get("/v2/account").body();
    broker.close();
    broker = start(quiet().withDataDir(folder));
    assertThat(get("/v2/orders?status=all").body()).isEqualTo(orders);
    assertThat(get("/v2/account/activities").body()).isEqualTo(activities);
    assertThat(get("/v2/account").body()).isEqualTo(account);
    broker.close();
    broker = start(quiet().withDataDir(folder).withFresh(true));
    assertThat(get("/v2/orders?status=all").body()).isEqualTo("[]");
  }

  @Test
  void moreAccountsAndSymbolsMayBeAskedForAtARestart(@TempDir Path folder) throws Exception {
    broker.close();
    broker = start(quiet().withDataDir(folder).withSymbols(60));
    broker.close();
    broker = start(quiet().withDataDir(folder).withLoadAccounts(4).withPositionsPerAccount(25));
    assertThat(broker.account("load0004").key()).isEqualTo("PKLOAD00000000000004");
    assertThat(broker.<Integer>call(exchange -> exchange.listings().stocks().size())).isEqualTo(60);
    assertThat(broker.<Integer>call(exchange -> exchange.book("load0002").positions().size()))
        .isEqualTo(25);
  }

  @Test
  void theDemoAccountsBeganWithAHundredThousandDollars() {
    for (var name : new String[] {"demo", "demo2", "admin"}) {
      var spent =
          broker.call(exchange ->
              exchange.book(name).positions().stream()
                  .map(position -> position.costBasis())
                  .reduce(exchange.book(name).balance().cash(), BigDecimal::add));
      assertThat(spent).isEqualByComparingTo("100000");
    }
    assertThat(broker.account("demo").key()).isEqualTo("PKDEMO00000000000001");
    assertThat(broker.account("demo").secret())
        .isEqualTo("demo-secret-demo-secret-demo-secret-0001");
  }

  @Test
  void aTakenPortIsSaidInOneLine() {
    assertThatThrownBy(() -> BrokerSimulator.start(quiet().withPort(broker.port())).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(broker.port()))
        .hasMessageNotContaining("\n");
  }

  private static SimulatorOptions quiet() {
    return SimulatorOptions.defaults()
        .withTicksPerSecond(0)
        .withFills(
            new FillPolicy(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(20), 0));
  }

  private static BrokerSimulator start(SimulatorOptions options) {
    try {
      return BrokerSimulator.start(options);
    } catch (IOException e) {
      throw new AssertionError("the simulator did not start", e);
    }
  }

  private StreamClient listening() throws InterruptedException {
    var stream = new StreamClient(http, broker.stream());
    stream.send(auth("demo"));
    assertThat(stream.next()).contains("\"status\":\"authorized\"");
    stream.send(LISTEN);
    assertThat(stream.next()).contains("\"stream\":\"listening\"", "trade_updates");
    return stream;
  }

  private String auth(String name) {
    var account = broker.account(name);
    return Json.object()
        .put("action", "auth")
        .put("key", account.key())
        .put("secret", account.secret())
        .toString();
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return http.send(request(target).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String target, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(target).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String target) {
    var demo = broker.account("demo");
    return HttpRequest.newBuilder(broker.rest().resolve(target))
        .timeout(Duration.ofSeconds(20))
        .header("APCA-API-KEY-ID", demo.key())
        .header("APCA-API-SECRET-KEY", demo.secret());
  }
}
