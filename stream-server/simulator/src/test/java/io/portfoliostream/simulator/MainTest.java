package io.portfoliostream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulator as a process.
class MainTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void endAll() {
    processes.forEach(Process::destroyForcibly);
    http.close();
  }

  @Test
  void aBadOptionIsOneLineAndEndsWith2() {
    var err = new ByteArrayOutputStream();
    int code = Main.run(List.of("--port", "many"), stream(err), stream(err));
    assertThat(code).isEqualTo(2);
    assertThat(text(err))
        .isEqualToIgnoringNewLines("broker simulator: --port is not a number: many");
  }

  @Test
  void aTakenPortIsOneLineAndEndsWith1() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());
      var err = new ByteArrayOutputStream();
      assertThat(Main.run(List.of("--port", port), stream(err), stream(err))).isEqualTo(1);
      assertThat(text(err).lines()).hasSize(1);
      assertThat(text(err)).contains("port " + port);
    }
  }

  @Test
  void aDataFolderThatCannotBeUsedIsOneLineAndEndsWith1() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "in the way");
    var err = new ByteArrayOutputStream();
    var arguments = List.of("--data-dir", file.resolve("state").toString());
    assertThat(Main.run(arguments, stream(err), stream(err))).isEqualTo(1);
    assertThat(text(err).lines()).hasSize(1);
    assertThat(text(err)).contains("data folder " + file, "cannot be used");
  }

  @Test
  void aFaultScriptThatIsWrongIsOneLineAndEndsWith2() throws IOException {
    var script = Files.writeString(folder.resolve("faults"), "{\"atMs\":1,\"fault\":\"mute\"}");
    var err = new ByteArrayOutputStream();
    var arguments = List.of("--faults", script.toString());
    assertThat(Main.run(arguments, stream(err), stream(err))).isEqualTo(2);
    assertThat(text(err).lines()).hasSize(1);
    assertThat(text(err)).contains("--faults " + script + " line 1: either account or feed");
    var missing = List.of("--faults", folder.resolve("none").toString());
    assertThat(Main.run(missing, stream(err), stream(err))).isEqualTo(1);
  }

  @Test
  void aParentThatIsGoneAlreadyIsABadOption() {
    var err = new ByteArrayOutputStream();
    var pid = Long.toString(Long.MAX_VALUE);
    assertThat(Main.run(List.of("--parent-pid", pid), stream(err), stream(err))).isEqualTo(2);
    assertThat(text(err)).contains("--parent-pid");
  }

  @Test
  void anAcknowledgedOrderSurvivesAKill() throws Exception {
    var process = start("--fill-delay", "1-5", "--split-share", "1");
    var rest = rest();
    var acknowledged = new ArrayList<String>();
    for (int order = 0; order < 30; order++) {
      acknowledged.add(post(rest, "kill-" + order));
    }
    process.destroyForcibly();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    start("--fill-delay", "1-5", "--split-share", "1");
    var again = rest();
    for (var id : acknowledged) {
      assertThat(get(again, "/v2/orders/" + id).statusCode()).isEqualTo(200);
    }
    assertThat(get(again, "/v2/orders/" + acknowledged.getFirst()).body()).contains("kill-0");
  }

  @Test
  void theEndOfTheParentIsTheEndOfTheSimulator() throws Exception {
    var parent = new ProcessBuilder("sleep", "600").start();
    processes.add(parent);
    var process = start("--parent-pid", Long.toString(parent.pid()));
    rest();
    parent.destroy();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private Process start(String... more) throws IOException {
    Files.deleteIfExists(ready());
    var command = new ArrayList<String>();
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Objects.requireNonNull(System.getProperty("java.class.path"))));
    command.add(Main.class.getName());
    command.addAll(List.of("--data-dir", folder.resolve("state").toString()));
    command.addAll(List.of("--ready-file", ready().toString()));
    command.addAll(List.of(more));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private Path ready() {
    return folder.resolve("ready.json");
  }

  private URI rest() throws Exception {
    var process = processes.getLast();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(ready())) {
      assertThat(process.isAlive()).as("still starting").isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
      assertThat(ended).isFalse();
    }
    JsonNode json = Json.parseObject(Files.readString(ready())).orElseThrow();
    assertThat(json.path("stream").asText()).endsWith("/stream");
    assertThat(json.path("data").asText()).endsWith("/v2/iex");
    return URI.create(json.path("rest").asText());
  }

  private String post(URI rest, String clientOrderId) throws Exception {
    var body =
        Json.object()
            .put("symbol", "KO")
            .put("qty", "9")
            .put("side", "buy")
            .put("type", "market")
            .put("time_in_force", "day")
            .put("client_order_id", clientOrderId);
    var answer =
        http.send(
            request(rest, "/v2/orders")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parseObject(answer.body()).orElseThrow().path("id").asText();
  }

  private HttpResponse<String> get(URI rest, String target) throws Exception {
    return http.send(request(rest, target).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(URI rest, String target) {
    return HttpRequest.newBuilder(rest.resolve(target))
        .header("APCA-API-KEY-ID", DemoAccounts.demoKey(1))
        .header("APCA-API-SECRET-KEY", DemoAccounts.demoSecret(1));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
