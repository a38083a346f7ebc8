package io.portfoliostream.server;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The command line.
///
/// @param readyFile where to write the addresses
/// @param parent the process to end with
record Options(Optional<Path> readyFile, Optional<ProcessHandle> parent) {

  static Options parse(String[] arguments) {
    Optional<Path> readyFile = Optional.empty();
    Optional<ProcessHandle> parent = Optional.empty();
    for (var index = 0; index < arguments.length; index += 2) {
      var value = index + 1 < arguments.length ? arguments[index + 1] : null;
      switch (arguments[index]) {
        case "--ready-file" -> readyFile = Optional.of(Path.of(present("--ready-file", value)));
        case "--parent-pid" -> parent = Optional.of(process(present("--parent-pid", value)));
        default ->
            throw new IllegalArgumentException(
                "unknown option "
                    + arguments[index]
                    + "; options are --ready-file FILE and --parent-pid PID");
      }
    }
    return new Options(readyFile, parent);
  }

  private static String present(String option, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static ProcessHandle process(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid))
          .orElseThrow(() -> new IllegalArgumentException("--parent-pid " + pid + " does not run"));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("--parent-pid is not a number: " + pid);
    }
  }
}
