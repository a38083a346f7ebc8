package io.portfoliostream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.portfoliostream.e2e.stack.LedgerDatabase;
import io.portfoliostream.e2e.stack.Ports;
import io.portfoliostream.e2e.stack.RunScript;
import io.portfoliostream.e2e.stack.ServerSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promises of `run.sh`.
class RunScriptIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STOPPED_AS_ASKED = 0;
  private static final int REFUSED = 1;

  @TempDir private Path folder;

  @Test
  void oneLineOfJsonTellsWhereAllIsAndCtrlCLeavesNothingBehind()
      throws IOException, InterruptedException {
    var settings = settings(Ports.free());
    try (var run = RunScript.start(folder, settings, "--json").awaitOutput(_ -> true)) {
      assertThat(run.output()).hasSize(1);
      var told = new JsonMapper().readTree(run.output().getFirst());
      assertThat(get(told, "ui", "/health")).isEqualTo(200);
      assertThat(get(told, "server", "/api/health")).isEqualTo(200);
      assertThat(get(told, "management", "/metrics")).isEqualTo(200);
      assertThat(told.at("/simulator/rest").asText()).startsWith("http://127.0.0.1:");
      assertThat(LedgerDatabase.at(told.path("database").asText()).seq("demo")).isNotNegative();
      assertThat(told.path("users").findValuesAsText("username"))
          .containsExactly("demo", "demo2", "admin");
      var another = settings(Ports.free());
      assertRefused(another, "the data folder is in use by another run.sh");

      var all = run.processes();
      assertThat(all).hasSizeGreaterThan(3);
      assertThat(run.interrupt()).isEqualTo(STOPPED_AS_ASKED);
      assertThat(run.output()).hasSize(1);
      assertThat(all).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void whatDiesIsStartedAgainAndDataSurvive() throws IOException, InterruptedException {
    var settings = settings(Ports.free());
    var server = URI.create("http://127.0.0.1:" + settings.get("STREAM_PORT"));
    String order;
    JsonNode before;
    try (var run = ready(settings)) {
      order = signIn(server).submit("buy", "1", "AAPL").path("orderId").asText();
      awaitFilled(server, order);
      run.running("stream-server.jar").destroyForcibly();
      await("word of the death")
          .atMost(PATIENCE)
          .until(() -> run.messages().stream().anyMatch(line -> line.contains("started again")));
      await("word of the return")
          .atMost(PATIENCE)
          .until(() -> run.messages().stream().anyMatch(line -> line.contains("is back")));
      before = signIn(server).get("/api/portfolio");
      assertThat(run.terminate()).isEqualTo(STOPPED_AS_ASKED);
    }
    try (var run = ready(settings)) {
      awaitFilled(server, order);
      var after = signIn(server).get("/api/portfolio");
      assertThat(after.path("epoch")).isEqualTo(before.path("epoch"));
      assertThat(after.path("seq").asLong()).isGreaterThanOrEqualTo(before.path("seq").asLong());

      var all = run.processes();
      run.running("stream-server.jar").destroyForcibly();
      assertThat(run.interrupt()).isEqualTo(STOPPED_AS_ASKED);
      assertThat(all).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void aTakenPortIsNamedBeforeAnythingStarts() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = settings(Ports.free());
      settings.put("MANAGEMENT_PORT", Integer.toString(taken.getLocalPort()));
      assertRefused(
          settings,
          "port " + taken.getLocalPort() + " is taken by another program: set MANAGEMENT_PORT");
    }
  }

  @Test
  void keysOfARealBrokerNeedAPasswordToSignInWith() {
    var settings = settings(Ports.free());
    settings.put("ALPACA_KEY_ID", "PK0");
    settings.put("ALPACA_SECRET_KEY", "secret");
    assertRefused(settings, "TRADER_PASSWORD is missing");
  }

  private Map<String, String> settings(Ports ports) {
    var settings = new HashMap<>(ports.environment());
    settings.put("DATA_DIR", folder.resolve("data").toString());
    return settings;
  }

  private RunScript ready(Map<String, String> settings) {
    return RunScript.start(folder, settings).awaitOutput(line -> line.contains("Ctrl-C"));
  }

  private void assertRefused(Map<String, String> settings, String reason) {
    try (var run = RunScript.start(folder, settings)) {
      assertThat(run.awaitEnd()).isEqualTo(REFUSED);
      assertThat(run.output()).isEmpty();
      assertThat(run.messages()).hasSize(1).first().asString().contains(reason);
    }
  }

  private static ServerSession signIn(URI server) {
    return ServerSession.signIn(HttpClient.newHttpClient(), server, "demo", "demo");
  }

  private static void awaitFilled(URI server, String order) {
    var user = signIn(server);
    await("the order filled").atMost(PATIENCE).until(() -> user.statusOf(order).equals("filled"));
  }

  private static int get(JsonNode told, String what, String path)
      throws IOException, InterruptedException {
    var uri = URI.create(told.path(what).asText() + path);
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
    }
  }
}
