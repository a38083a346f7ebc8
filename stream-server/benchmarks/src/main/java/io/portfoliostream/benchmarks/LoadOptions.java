package io.portfoliostream.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

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
    var values = new TreeMap<>(DEFAULTS);
    var root = Path.of("").toAbsolutePath();
    for (var index = 0; index < arguments.length; index += 2) {
      var name = arguments[index];
      if (index + 1 == arguments.length) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      if (name.equals("--root")) {
        root = Path.of(arguments[index + 1]).toAbsolutePath();
      } else if (values.containsKey(name)) {
        values.put(name, Integer.valueOf(arguments[index + 1]));
      } else {
        throw new IllegalArgumentException(
            "unknown option " + name + "; options are --root and " + values.keySet());
      }
    }
    return new LoadOptions(
        value(values, "--users"),
        value(values, "--positions"),
        value(values, "--symbols"),
        value(values, "--ticks"),
        value(values, "--warm-up"),
        value(values, "--seconds"),
        root);
  }

  private static int value(Map<String, Integer> values, String name) {
    var value = values.getOrDefault(name, 0);
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1");
    }
    return value;
  }
}
