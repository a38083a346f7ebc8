package io.portfoliostream.e2e.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A running process of the stack. It ends with this test process, whatever happens to that.
final class StackProcess {
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int TAIL = 40;

  private final Plan plan;
  private final Process process;

  private StackProcess(Plan plan, Process process) {
    this.plan = plan;
    this.process = process;
  }

  /// What to start.
  ///
  /// @param heapMegabytes upper bound of its heap
  /// @param log where its output goes; appended to
  record Plan(
      String name,
      Path jar,
      int heapMegabytes,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {}

  static StackProcess start(Plan plan) {
    var command = new ArrayList<String>();
    command.add(Project.javaHome().resolve("bin/java").toString());
    command.add("-Xmx" + plan.heapMegabytes() + "m");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-jar", plan.jar().toString()));
    command.addAll(plan.arguments());
    command.addAll(List.of("--parent-pid", Long.toString(ProcessHandle.current().pid())));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
    builder.environment().putAll(plan.environment());
    try {
      return new StackProcess(plan, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the " + plan.name(), e);
    }
  }

  /// The same once more.
  StackProcess again() {
    return start(plan);
  }

  /// Ends it as a power cut would.
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// Asks it to end, and waits until it has.
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /// @throws IllegalStateException with the end of its log when it has ended by itself
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the %s ended with code %d:%n%s"
              .formatted(plan.name(), process.exitValue(), String.join("\n", lastLines())));
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the " + plan.name() + " did not stop within " + STOP);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the " + plan.name() + " stopped", e);
    }
  }

  private List<String> lastLines() {
    try {
      var lines = Files.readAllLines(plan.log());
      return lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
    } catch (IOException e) {
      return List.of("its log cannot be read: " + e.getMessage());
    }
  }
}
