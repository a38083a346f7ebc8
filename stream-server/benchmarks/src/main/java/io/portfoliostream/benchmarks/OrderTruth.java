package io.portfoliostream.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the broker has, from the simulator's own books.
final class OrderTruth {
  private final URI simulator;
  private final ObjectMapper json = new ObjectMapper();

  OrderTruth(URI simulator) {
    this.simulator = simulator;
  }

  /// Prints whether each accepted order is at the broker exactly once.
  void compare(Set<String> accepted, Set<String> rejected, int accounts)
      throws IOException, InterruptedException {
    var times = new HashMap<String, Integer>();
    try (var http = HttpClient.newHttpClient()) {
      for (var number = 1; number <= accounts; number++) {
        count(read(http, "load%04d".formatted(number)), times);
      }
    }
    var missing =
        accepted.stream().filter(id -> !times.containsKey(id) && !rejected.contains(id)).count();
    var twice = times.values().stream().filter(count -> count > 1).count();
    System.out.printf(
        Locale.ROOT,
        """
        | accepted | %,d |
        | at the broker | %,d |
        | refused by the broker | %,d |
        | accepted and not there | %d |
        | there more than once | %d |
        %n\
        """,
        accepted.size(),
        times.size(),
        rejected.size(),
        missing,
        twice);
  }

  private JsonNode read(HttpClient http, String account) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(simulator.resolve("/simulator/accounts/" + account)).build();
    return json.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
  }

  private static void count(JsonNode account, Map<String, Integer> times) {
    for (var order : account.path("orders")) {
      times.merge(order.path("client_order_id").asText(), 1, Integer::sum);
    }
  }
}
