package io.portfoliostream.benchmarks;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A broker simulator and a stream server as processes of their own, in a folder of their own.
/// Closing it stops both and removes the folder.
final class Stack implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final List<Process> processes = new ArrayList<>();
  private final Path folder;
  private final Path root;
  private final URI server;
  private final URI simulator;
  private final String database;
  private final Process serverProcess;

  private Stack(Size options, Map<String, String> settings)
      throws IOException, InterruptedException {
    this.root = options.root();
    this.folder = Files.createTempDirectory("portfolio-load");
    var simulator = simulator(options);
    var ready = folder.resolve("server.ready");
    var environment =
        new HashMap<>(
            Map.of(
                "STREAM_PORT",
                "0",
                "MANAGEMENT_PORT",
                "0",
                "DATABASE_PORT",
                String.valueOf(freePort()),
                "DATA_DIR",
                folder.resolve("server").toString(),
                "SIMULATOR_URL",
                simulator,
                "DEMO",
                "true",
                "LOAD_USERS",
                String.valueOf(options.users())));
    environment.putAll(settings);
    this.simulator = URI.create(simulator);
    this.serverProcess =
        launch(
            "stream-server/server/target/stream-server.jar",
            List.of("--ready-file", ready.toString()),
            environment,
            "server");
    await(ready, serverProcess, "server");
    var told = Json.read(Files.readAllBytes(ready), Ready.class);
    this.server = URI.create(told.server());
    this.database = told.database();
  }

  /// How large a stack is.
  ///
  /// @param users each with an account of their own
  /// @param positions of each user
  /// @param ticks price updates per second over all symbols
  /// @param root the project's folder, with the packaged jars in it
  record Size(int users, int positions, int symbols, int ticks, Path root) {}

  private record Ready(String server, String database) {}

  private record SimulatorReady(String rest) {}

  /// Starts both.
  ///
  /// @param settings of the server, besides the usual ones
  static Stack start(Size options, Map<String, String> settings)
      throws IOException, InterruptedException {
    return new Stack(options, settings);
  }

  /// The simulator's REST address.
  URI simulator() {
    return simulator;
  }

  /// JDBC address of the server's database.
  String database() {
    return database;
  }

  URI server() {
    return server;
  }

  long serverPid() {
    return serverProcess.pid();
  }

  @Override
  public void close() throws IOException {
    processes.reversed().forEach(Stack::stop);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String simulator(Size options) throws IOException, InterruptedException {
    var ready = folder.resolve("simulator.ready");
    var process =
        launch(
            "stream-server/simulator/target/broker-simulator.jar",
            List.of(
                "--port", "0",
                "--data-dir", folder.resolve("simulator").toString(),
                "--symbols", String.valueOf(options.symbols()),
                "--ticks-per-second", String.valueOf(options.ticks()),
                "--accounts", String.valueOf(options.users()),
                "--positions-per-account", String.valueOf(options.positions()),
                "--requests-per-minute", "0",
                "--ready-file", ready.toString()),
            Map.of(),
            "simulator");
    await(ready, process, "simulator");
    return Json.read(Files.readAllBytes(ready), SimulatorReady.class).rest();
  }

  private Process launch(
      String jar, List<String> arguments, Map<String, String> environment, String name)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-jar", root.resolve(jar).toString()));
    command.addAll(arguments);
    command.addAll(List.of("--parent-pid", String.valueOf(ProcessHandle.current().pid())));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    processes.add(process);
    return process;
  }

  private void await(Path ready, Process process, String name)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + START.toNanos();
    while (!Files.exists(ready)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            name + " did not start:\n" + Files.readString(folder.resolve(name + ".log")));
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
