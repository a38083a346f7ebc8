package io.portfoliostream.e2e.stack;

import static org.awaitility.Awaitility.await;

import io.portfoliostream.e2e.stack.StackProcess.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Simulator, server with its database, and web UI: real processes on free ports, with a data
/// folder of their own, in demo mode.
public final class PortfolioStack implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final Ports ports;
  private final Path folder;
  private final HttpClient http;
  private final StackProcess simulator;
  private final StackProcess ui;
  private StackProcess server;

  private PortfolioStack(Ports ports, Path folder, Map<String, String> serverSettings) {
    this.ports = ports;
    this.folder = folder;
    this.http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    this.simulator = StackProcess.start(simulatorPlan());
    this.server = StackProcess.start(serverPlan(serverSettings));
    this.ui = StackProcess.start(uiPlan());
  }

  /// Starts a stack and waits until it can be used.
  ///
  /// @param name of its folder below `target/stacks`
  /// @param serverSettings beside those that every stack has
  public static PortfolioStack start(String name, Map<String, String> serverSettings) {
    var parent = Project.root().resolve("e2e-tests/target/stacks");
    try {
      Files.createDirectories(parent);
      var folder = Files.createTempDirectory(parent, name + "-");
      var stack = new PortfolioStack(Ports.free(), folder, serverSettings);
      stack.awaitReady();
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the stack", e);
    }
  }

  /// The page.
  public URI ui() {
    return URI.create("http://127.0.0.1:" + ports.ui());
  }

  /// REST and WebSocket.
  public URI server() {
    return URI.create("http://127.0.0.1:" + ports.stream());
  }

  /// The database behind the server.
  public LedgerDatabase database() {
    return LedgerDatabase.onPort(ports.database());
  }

  /// Signs a user in at the server.
  public ServerSession signIn(String username, String password) {
    return ServerSession.signIn(http, server(), username, password);
  }

  /// Ends the server as `kill -9` does; its database stays.
  public void killServer() {
    server.kill();
  }

  /// Starts the server that was killed, and waits until it answers.
  public void startServer() {
    server = server.again();
    awaitServer();
  }

  @Override
  public void close() {
    ui.stop();
    server.stop();
    OrphanedDatabase.stop(folder.resolve("pg"));
    simulator.stop();
    http.close();
    Folders.delete(folder.resolve("pg"));
    Folders.delete(folder.resolve("pg-binaries"));
  }

  private void awaitReady() {
    try {
      awaitServer();
      await("the page").atMost(START).pollInterval(POLL).until(() -> answers(ui, "/login"));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitServer() {
    await("the server")
        .atMost(START)
        .pollInterval(POLL)
        .until(() -> answers(server, "/api/health"));
  }

  private boolean answers(StackProcess process, String path) throws InterruptedException {
    process.requireAlive();
    simulator.requireAlive();
    var base = process == ui ? ui() : server();
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException _) {
      return false;
    }
  }

  private Plan simulatorPlan() {
    var arguments =
        List.of(
            "--port", Integer.toString(ports.simulator()),
            "--data-dir", folder.resolve("simulator").toString());
    return new Plan(
        "simulator", Project.simulatorJar(), 128, arguments, Map.of(), log("simulator"));
  }

  private Plan serverPlan(Map<String, String> settings) {
    var environment = new HashMap<>(ports.environment());
    environment.put("DATA_DIR", folder.toString());
    environment.put("SIMULATOR_URL", "http://127.0.0.1:" + ports.simulator());
    environment.put("BROKER", "simulator");
    environment.put("DEMO", "true");
    environment.putAll(settings);
    return new Plan("server", Project.serverJar(), 384, List.of(), environment, log("server"));
  }

  private Plan uiPlan() {
    var environment =
        Map.of(
            "UI_PORT", Integer.toString(ports.ui()),
            "STREAM_URL", server().toString(),
            "DEMO", "true");
    return new Plan("web-ui", Project.uiJar(), 384, List.of(), environment, log("web-ui"));
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }
}
