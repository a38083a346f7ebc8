package io.portfoliostream.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Options of a run that are numbers, and the project's folder with the packaged jars in it.
record Arguments(Map<String, Integer> values, Path root) {

  /// Reads `--name value` pairs.
  ///
  /// @param defaults all options there are
  /// @throws IllegalArgumentException naming the option that is wrong
  static Arguments parse(String[] arguments, Map<String, Integer> defaults) {
    var values = new TreeMap<>(defaults);
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
    return new Arguments(values, root);
  }

  int positive(String name) {
    var value = values.getOrDefault(name, 0);
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1");
    }
    return value;
  }
}
