package io.portfoliostream.e2e.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The PostgreSQL that a killed server leaves behind.
public final class OrphanedDatabase {
  private OrphanedDatabase() {}

  /// The PostgreSQL that runs on a data folder.
  ///
  /// @param folder the one with `postmaster.pid`
  public static Optional<ProcessHandle> on(Path folder) {
    var file = folder.resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    } catch (IOException | NumberFormatException _) {
      // It is just being written or removed.
      return Optional.empty();
    }
  }

  static void stop(Path folder) {
    on(folder)
        .ifPresent(process -> {
          process.destroy();
          process.onExit().join();
        });
  }
}
