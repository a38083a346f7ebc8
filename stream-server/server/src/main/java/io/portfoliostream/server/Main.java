package io.portfoliostream.server;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.server.config.BadSetting;
import io.portfoliostream.server.config.ServerConfig;
import io.portfoliostream.server.database.DatabaseStartFailed;
import io.portfoliostream.server.gateway.PortTaken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.logging.LogManager;

/// Starts the server from the environment, and waits until it ends or is told to.
///
/// `create-admin NAME` makes an administrator instead, see [CreateAdmin].
///
/// Options: `--ready-file FILE` writes one JSON line with the addresses when all is up;
/// `--parent-pid PID` stops the server when that process ends. Exit codes: 0 stopped, 1 cannot
/// start, 2 wrong option or setting.
public final class Main {
  private static final int CANNOT_START = 1;
  private static final int BAD_USAGE = 2;

  /// For what is left when the clients are gone, the database last.
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private Main() {}

  /// Where the server listens.
  record Ready(String server, String management, String database) {}

  /// Runs the server.
  public static void main(String[] arguments) throws InterruptedException {
    logOneLineEach();
    try {
      if (CreateAdmin.isAskedFor(arguments)) {
        CreateAdmin.run(arguments, ServerConfig.fromEnvironment());
        return;
      }
      var options = Options.parse(arguments);
      var config = ServerConfig.fromEnvironment();
      var server = StreamServer.start(config);
      var ending = new Ending(server, server.longestDeparture().plus(CLOSING));
      ending.install();
      options.parent().ifPresent(parent -> endWith(parent, ending));
      announce(options, config, server);
      server.awaitEnd();
      ending.exit();
    } catch (BadSetting | IllegalArgumentException e) {
      fail(e, BAD_USAGE);
    } catch (DatabaseStartFailed | PortTaken | IOException e) {
      fail(e, CANNOT_START);
    }
  }

  private static void announce(Options options, ServerConfig config, StreamServer server)
      throws IOException {
    var host = config.network().host();
    var ready =
        new Ready(
            config.network().scheme() + "://" + host + ":" + server.port(),
            "http://" + host + ":" + server.managementPort(),
            server.databaseUrl());
    if (options.readyFile().isPresent()) {
      write(options.readyFile().get(), Json.write(ready));
    }
    System.getLogger(Main.class.getName())
        .log(
            System.Logger.Level.INFO,
            "ready: {0}, management {1}",
            ready.server(),
            ready.management());
  }

  /// A reader sees the whole line or no file.
  private static void write(Path file, byte[] line) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, line);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void endWith(ProcessHandle parent, Ending ending) {
    var _ = parent.onExit().thenRun(ending::exit);
  }

  private static void logOneLineEach() {
    try (InputStream settings = Main.class.getResourceAsStream("/logging.properties")) {
      if (settings != null) {
        LogManager.getLogManager().readConfiguration(settings);
      }
    } catch (IOException e) {
      System.err.println("logging stays as it is: " + e.getMessage());
    }
  }

  private static void fail(Exception problem, int code) {
    System.err.println("stream-server: " + problem.getMessage());
    System.exit(code);
  }
}
