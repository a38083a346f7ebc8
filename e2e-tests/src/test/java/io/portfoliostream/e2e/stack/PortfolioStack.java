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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Simulator, server with its database, and web UI where it is wanted: real processes on free
/// ports, with a data folder of their own, in demo mode.
public final class PortfolioStack implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final Ports ports;
  private final Path folder;
  private final HttpClient http;
  private final StackProcess simulator;
  private final @Nullable StackProcess ui;
  private StackProcess server;

  private PortfolioStack(Ports ports, Path folder, Wish wish) {
    this.ports = ports;
    this.folder = folder;
    this.http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    this.simulator = StackProcess.start(simulatorPlan(wish.simulatorArguments()));
    this.server = StackProcess.start(serverPlan(wish.serverSettings()));
    this.ui = wish.page() ? StackProcess.start(uiPlan()) : null;
  }

  /// What a stack is to be like.
  ///
  /// @param serverSettings beside those that every stack has
  /// @param simulatorArguments beside those that every stack has
  /// @param page whether the web UI is wanted
  private record Wish(
      Map<String, String> serverSettings, List<String> simulatorArguments, boolean page) {}

  /// Starts a stack and waits until it can be used.
  ///
  /// @param name of its folder below `target/stacks`
  /// @param serverSettings beside those that every stack has
  public static PortfolioStack start(String name, Map<String, String> serverSettings) {
    return start(name, new Wish(serverSettings, List.of(), true));
  }

  /// Starts a stack without the web UI and waits until it can be used.
  ///
  /// @param name of its folder below `target/stacks`
  /// @param loadUsers users `load0001` and on with the password `load`, each with an account of the
  ///   same name
  /// @param simulatorArguments beside those that every stack has
  public static PortfolioStack withoutPage(
      String name, int loadUsers, String... simulatorArguments) {
    var count = Integer.toString(loadUsers);
    var arguments = new ArrayList<>(List.of("--accounts", count, "--positions-per-account", "5"));
    arguments.addAll(List.of(simulatorArguments));
    return start(name, new Wish(Map.of("LOAD_USERS", count), arguments, false));
  }

  /// Starts a stack without the web UI and waits until it can be used.
  ///
  /// @param name of its folder below `target/stacks`
  /// @param serverSettings beside those that every stack has
  public static PortfolioStack serverOnly(String name, Map<String, String> serverSettings) {
    return start(name, new Wish(serverSettings, List.of(), false));
  }

  private static PortfolioStack start(String name, Wish wish) {
    var parent = Project.root().resolve("e2e-tests/target/stacks");
    try {
      Files.createDirectories(parent);
      var folder = Files.createTempDirectory(parent, name + "-");
      var stack = new PortfolioStack(Ports.free(), folder, wish);
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

  /// The simulator.
  public SimulatedBroker broker() {
    return new SimulatedBroker(http, URI.create(simulatorUrl()));
  }

  /// A counter of the server.
  ///
  /// @param name as `/metrics` shows it
  /// @param labels that it must have, such as `kind="order"`
  public double counter(String name, String... labels) {
    var uri = URI.create("http://127.0.0.1:" + ports.management() + "/metrics");
    var shown = new Rest(http, uri).exchange(HttpRequest.newBuilder(uri).build()).body();
    return shown
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
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
    if (ui != null) {
      ui.stop();
    }
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
      if (ui != null) {
        var page = ui().resolve("/login");
        await("the page").atMost(START).pollInterval(POLL).until(() -> answers(ui, page));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitServer() {
    await("the server")
        .atMost(START)
        .pollInterval(POLL)
        .until(() -> answers(server, server().resolve("/api/health")));
  }

  private boolean answers(StackProcess process, URI uri) throws InterruptedException {
    process.requireAlive();
    simulator.requireAlive();
    var request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException _) {
      return false;
    }
  }

  private Plan simulatorPlan(List<String> more) {
    var arguments = new ArrayList<>(more);
    arguments.addAll(List.of("--port", Integer.toString(ports.simulator())));
    arguments.addAll(List.of("--data-dir", folder.resolve("simulator").toString()));
    return new Plan(
        "simulator", Project.simulatorJar(), 128, arguments, Map.of(), log("simulator"));
  }

  private Plan serverPlan(Map<String, String> settings) {
    var environment = new HashMap<>(ports.environment());
    environment.put("DATA_DIR", folder.toString());
    environment.put("SIMULATOR_URL", simulatorUrl());
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

  private String simulatorUrl() {
    return "http://127.0.0.1:" + ports.simulator();
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }
}
