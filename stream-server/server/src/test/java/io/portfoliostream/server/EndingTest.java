package io.portfoliostream.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ClientRuntime;
import io.portfoliostream.client.ClientSettings;
import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioClient;
import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.client.StreamApi;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process itself, with its own database, ended by a signal.
class EndingTest {
  private static final Duration NOTICE = Duration.ofSeconds(3);

  @TempDir Path folder;

  @Test
  void sigtermIsALeaveDuringWhichOrdersAreStillTaken() throws Exception {
    try (var broker = BrokerSimulator.start(SimulatorOptions.defaults());
        var runtime = ClientRuntime.create()) {
      var process = start(broker.rest());
      try {
        var server = URI.create(ready(process).server());
        var api = new StreamApi(runtime.http(), server, Duration.ofSeconds(5));
        var cookie = api.login("demo", "demo");
        try (var client = PortfolioClient.create(ClientSettings.of(server), cookie, runtime)) {
          client.start();
          RunningServer.await("live", () -> isLive(client));

          process.destroy();

          RunningServer.await("it says so", () -> api.health().status().equals("draining"));
          assertThat(isLive(client)).isTrue();
          assertThat(order(api, cookie)).isEqualTo("queued");
          RunningServer.await("its clients are let go", () -> !isLive(client));
          assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
          assertThat(process.exitValue()).isZero();
          assertThat(Files.readString(log())).contains("leaving 1 connections");
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static String order(StreamApi api, SessionCookie cookie) {
    var order = OrderRequest.market("AAPL", "buy", BigDecimal.ONE);
    return api.submit(cookie, order, "while-it-drains").order().status();
  }

  private static boolean isLive(PortfolioClient client) {
    return client.connection() instanceof ConnectionState.Live;
  }

  private Process start(URI broker) throws IOException {
    var java = Path.of(property("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-cp",
            property("java.class.path"),
            Main.class.getName(),
            "--ready-file",
            readyFile().toString(),
            "--parent-pid",
            Long.toString(ProcessHandle.current().pid()));
    builder
        .environment()
        .putAll(
            Map.of(
                "STREAM_PORT", "0",
                "MANAGEMENT_PORT", "0",
                "DATABASE_PORT", "0",
                "DATA_DIR", folder.resolve("data").toString(),
                "SIMULATOR_URL", broker.toString(),
                "DEMO", "true",
                "DRAIN_NOTICE_MS", Long.toString(NOTICE.toMillis()),
                "DRAIN_MS", "1000"));
    return builder.redirectErrorStream(true).redirectOutput(Redirect.to(log().toFile())).start();
  }

  private Main.Ready ready(Process process) throws IOException {
    RunningServer.await(
        "the process is ready", () -> Files.exists(readyFile()) || !process.isAlive());
    assertThat(process.isAlive()).as(() -> read(log())).isTrue();
    return Json.read(Files.readString(readyFile()), Main.Ready.class);
  }

  private static String property(String name) {
    return requireNonNull(System.getProperty(name), name);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path readyFile() {
    return folder.resolve("ready");
  }

  private Path log() {
    return folder.resolve("log");
  }
}
