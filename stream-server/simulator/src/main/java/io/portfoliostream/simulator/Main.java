package io.portfoliostream.simulator;

import io.portfoliostream.simulator.json.AddressesJson;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// Runs a simulator as a process until it is told to end.
public final class Main {
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  /// Held here, as the logging system would forget its level otherwise.
  private static final java.util.logging.Logger WEB_SERVER_LOG =
      java.util.logging.Logger.getLogger("io.helidon");

  private Main() {}

  /// Starts the simulator; ends with 2 for a bad option and 1 when it cannot start.
  public static void main(String[] arguments) {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
    }
    WEB_SERVER_LOG.setLevel(java.util.logging.Level.WARNING);
    int code = run(List.of(arguments), System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Starts, and returns once it runs; the process lives on by the server's threads.
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    CommandLine line;
    try {
      line = CommandLine.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println("broker simulator: " + e.getMessage());
      return BAD_OPTION;
    }
    if (line.help()) {
      out.print(CommandLine.HELP);
      return 0;
    }
    try {
      start(line);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("broker simulator: " + e.getMessage());
      return BAD_OPTION;
    } catch (IOException e) {
      err.println("broker simulator: " + e.getMessage());
      return FAILED;
    }
  }

  private static void start(CommandLine line) throws IOException {
    var log = System.getLogger(Main.class.getName());
    var parent = Optional.ofNullable(line.parent()).map(Main::process);
    var simulator = BrokerSimulator.start(line.options());
    if (line.faults() != null) {
      runScript(simulator, line.faults());
    }
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("simulator-shutdown").unstarted(simulator::close));
    log.log(
        Level.INFO,
        "listening on {0}, state {1}",
        simulator.rest(),
        line.options().dataDir() == null ? "in memory only" : "in " + line.options().dataDir());
    if (line.readyFile() != null) {
      writeReadyFile(line.readyFile(), simulator);
    }
    parent.ifPresent(process -> endWith(process, log));
  }

  private static void runScript(BrokerSimulator simulator, Path script) throws IOException {
    try {
      simulator.runScript(script);
    } catch (IOException e) {
      simulator.close();
      throw new IOException("--faults cannot be read: " + script, e);
    } catch (IllegalArgumentException e) {
      simulator.close();
      throw new IllegalArgumentException("--faults " + e.getMessage(), e);
    }
  }

  private static void endWith(ProcessHandle parent, Logger log) {
    var _ =
        parent
            .onExit()
            .thenRun(() -> {
              log.log(Level.INFO, "process {0} is gone", Long.toString(parent.pid()));
              System.exit(0);
            });
  }

  private static ProcessHandle process(long pid) {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new IllegalArgumentException("--parent-pid: no process " + pid));
  }

  /// The file appears whole, as whoever waits for it reads it at once.
  private static void writeReadyFile(Path file, BrokerSimulator simulator) throws IOException {
    var line = AddressesJson.line(simulator.rest(), simulator.stream(), simulator.data());
    var temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, line);
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
