package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaMarketRest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which of the wanted symbols are to be streamed, within the limit of the data plan, and which are
/// read every few seconds instead.
///
/// Those that most want come first; of two that as many want, the one that streams already stays.
/// Pairs of currencies are not on the feed.
record StreamPlan(Set<String> streamed, Set<String> polled) {
  StreamPlan {
    streamed = Set.copyOf(streamed);
    polled = Set.copyOf(polled);
  }

  static final StreamPlan NOTHING = new StreamPlan(Set.of(), Set.of());

  /// The plan that follows this one.
  ///
  /// @param counts how often each symbol is wanted
  StreamPlan next(Map<String, Integer> counts, int limit) {
    var chosen =
        counts.entrySet().stream()
            .filter(entry -> !AlpacaMarketRest.isPair(entry.getKey()))
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(entry -> !streamed.contains(entry.getKey()))
                    .thenComparing(Map.Entry::getKey))
            .limit(limit)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    var others = new HashSet<>(counts.keySet());
    others.removeAll(chosen);
    return new StreamPlan(chosen, others);
  }
}
