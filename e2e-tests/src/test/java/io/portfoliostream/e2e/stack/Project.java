package io.portfoliostream.e2e.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Where the project and what was built from it are.
public final class Project {
  private Project() {}

  /// The folder with `run.sh`.
  public static Path root() {
    var told = System.getProperty("project.root");
    if (told != null) {
      return Path.of(told);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("run.sh"))) {
      folder = Objects.requireNonNull(folder.getParent(), "run.sh is in no folder above");
    }
    return folder;
  }

  /// The JDK that the tests run on, which the stack runs on too.
  static Path javaHome() {
    return Path.of(Objects.requireNonNull(System.getProperty("java.home")));
  }

  /// Where what a failed test leaves behind is kept.
  public static Path failures() {
    return root().resolve("e2e-tests/target/failures");
  }

  static Path simulatorJar() {
    return built("stream-server/simulator/target/broker-simulator.jar");
  }

  static Path serverJar() {
    return built("stream-server/server/target/stream-server.jar");
  }

  static Path uiJar() {
    return built("web-ui/target/web-ui.jar");
  }

  private static Path built(String jar) {
    var path = root().resolve(jar);
    if (!Files.isReadable(path)) {
      throw new IllegalStateException(path + " is missing: mvn package builds it");
    }
    return path;
  }
}
