package io.portfoliostream.simulator.rest;

import io.portfoliostream.simulator.broker.AccountProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A method and a path that the interface answers; `{name}` in a path stands for any one segment.
record Route(String method, List<String> segments, Handler handler) {

  Route {
    segments = List.copyOf(segments);
  }

  /// Answers a request of an account.
  @FunctionalInterface
  interface Handler {
    Response handle(Call call);
  }

  /// A request with what is known about it.
  ///
  /// @param variables what stands for the named segments
  record Call(AccountProfile account, Request request, Map<String, String> variables) {

    Call {
      variables = Map.copyOf(variables);
    }

    String variable(String name) {
      var value = variables.get(name);
      if (value == null) {
        throw new IllegalArgumentException("the path has no {" + name + "}");
      }
      return value;
    }
  }

  static Route of(String method, String path, Handler handler) {
    return new Route(method, split(path), handler);
  }

  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /// What stands for the named segments; empty when the path is another one.
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    var variables = new HashMap<String, String>();
    for (int index = 0; index < segments.size(); index++) {
      var expected = segments.get(index);
      var actual = path.get(index);
      if (expected.startsWith("{")) {
        variables.put(expected.substring(1, expected.length() - 1), actual);
      } else if (!expected.equals(actual)) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
