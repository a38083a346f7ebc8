package io.portfoliostream.client;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects by key, and in an order of their own. Immutable; the order is made when it is asked for.
final class Keyed<V> {
  private final Map<String, V> byKey;
  private final Comparator<V> order;
  // Made at most once per racing thread, always the same.
  private volatile @Nullable List<V> sorted;

  Keyed(Map<String, V> byKey, Comparator<V> order) {
    this.byKey = Map.copyOf(byKey);
    this.order = order;
  }

  Optional<V> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  Set<String> keys() {
    return byKey.keySet();
  }

  int size() {
    return byKey.size();
  }

  List<V> sorted() {
    var known = sorted;
    if (known == null) {
      known = byKey.values().stream().sorted(order).toList();
      sorted = known;
    }
    return known;
  }

  /// A copy to change, for [#with].
  Map<String, V> copy() {
    return new HashMap<>(byKey);
  }

  Keyed<V> with(Map<String, V> changed) {
    return new Keyed<>(changed, order);
  }
}
