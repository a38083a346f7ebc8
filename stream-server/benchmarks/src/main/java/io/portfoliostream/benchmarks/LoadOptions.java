package io.portfoliostream.benchmarks;

import java.nio.file.Path;
import java.util.Map;

/// What a run does.
///
/// @param users each with a connection of their own
/// @param positions of each user
/// @param ticks price updates per second over all symbols, whatever the server does
/// @param warmUpSeconds before anything is measured
/// @param root the project's folder, with the packaged jars in it
record LoadOptions(
    int users, int positions, int symbols, int ticks, int warmUpSeconds, int seconds, Path root) {
  private static final Map<String, Integer> DEFAULTS =
      Map.of(
          "--users", 100,
          "--positions", 20,
          "--symbols", 200,
          "--ticks", 1_000,
          "--warm-up", 15,
          "--seconds", 30);

  static LoadOptions parse(String[] arguments) {
    var read = Arguments.parse(arguments, DEFAULTS);
    return new LoadOptions(
        read.positive("--users"),
        read.positive("--positions"),
        read.positive("--symbols"),
        read.positive("--ticks"),
        read.positive("--warm-up"),
        read.positive("--seconds"),
        read.root());
  }

  /// The stack that the run needs.
  Stack.Size stack() {
    return new Stack.Size(users, positions, symbols, ticks, root);
  }
}
