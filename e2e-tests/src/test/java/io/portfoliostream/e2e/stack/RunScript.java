package io.portfoliostream.e2e.stack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A run of `run.sh`, and the processes below it.
public final class RunScript implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Process process;
  private final Path out;
  private final Path messages;

  private RunScript(Process process, Path out, Path messages) {
    this.process = process;
    this.out = out;
    this.messages = messages;
  }

  /// Starts the script on what is built.
  ///
  /// @param folder where its output goes
  /// @param settings of its environment
  public static RunScript start(Path folder, Map<String, String> settings, String... options) {
    try {
      var out = Files.createTempFile(folder, "out", ".txt");
      var messages = Files.createTempFile(folder, "messages", ".txt");
      var command = new ArrayList<String>();
      command.add(Project.root().resolve("run.sh").toString());
      command.add("--no-build");
      command.addAll(List.of(options));
      var builder = new ProcessBuilder(command);
      builder.redirectOutput(out.toFile()).redirectError(messages.toFile());
      builder.environment().put("JAVA_HOME", Project.javaHome().toString());
      builder.environment().putAll(new HashMap<>(settings));
      return new RunScript(builder.start(), out, messages);
    } catch (IOException e) {
      throw new UncheckedIOException("run.sh does not start", e);
    }
  }

  /// Waits until stdout has a line that fits.
  public RunScript awaitOutput(Predicate<String> fits) {
    await("run.sh to be ready, or " + messages)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .failFast("run.sh ended: see " + messages, () -> !process.isAlive())
        .until(() -> output().stream().anyMatch(fits));
    return this;
  }

  /// The lines of stdout.
  public List<String> output() {
    return lines(out);
  }

  /// The lines of stderr.
  public List<String> messages() {
    return lines(messages);
  }

  /// Every process below the script that runs now, the database's included.
  public List<ProcessHandle> processes() {
    return process.descendants().toList();
  }

  /// The process that runs a jar.
  public ProcessHandle running(String jar) {
    return descendants(jar).findFirst().orElseThrow();
  }

  private Stream<ProcessHandle> descendants(String jar) {
    return process
        .children()
        .filter(child ->
            child.info().arguments().stream()
                .flatMap(Stream::of)
                .anyMatch(argument -> argument.endsWith(jar)));
  }

  /// Presses Ctrl-C.
  ///
  /// @return the exit code
  public int interrupt() {
    return signal("INT");
  }

  /// Asks for an orderly end.
  ///
  /// @return the exit code
  public int terminate() {
    return signal("TERM");
  }

  /// Waits for a script that ends by itself.
  ///
  /// @return the exit code
  public int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("run.sh still runs: see " + messages);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while run.sh ended", e);
    }
  }

  /// Ends what a failed test left running.
  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
    }
  }

  private int signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("no signal reaches run.sh");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("kill does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while run.sh ended", e);
    }
    return awaitEnd();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
