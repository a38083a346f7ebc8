package io.portfoliostream.ui;

import java.util.Optional;

/// The process that this one must not outlive.
record ParentProcess(long pid) {
  private static final String OPTION = "--parent-pid";

  /// The one that the arguments name, as `--parent-pid PID` or `--parent-pid=PID`.
  static Optional<ParentProcess> of(String... args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(OPTION + "=")) {
        return Optional.of(parse(args[i].substring(OPTION.length() + 1)));
      }
      if (args[i].equals(OPTION)) {
        return Optional.of(parse(i + 1 < args.length ? args[i + 1] : ""));
      }
    }
    return Optional.empty();
  }

  /// Ends this process in order as soon as the parent has gone.
  void endWithIt() {
    var parent = ProcessHandle.of(pid).orElse(null);
    if (parent == null) {
      System.exit(0);
      return;
    }
    var _ = parent.onExit().thenRun(() -> System.exit(0));
  }

  private static ParentProcess parse(String text) {
    try {
      long pid = Long.parseLong(text);
      if (pid > 0) {
        return new ParentProcess(pid);
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new IllegalArgumentException(OPTION + " needs a process id: '" + text + "'");
  }
}
