package io.portfoliostream.server.marks;

import io.portfoliostream.server.bus.Listeners;
import io.portfoliostream.server.bus.Registration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The symbols that someone wants prices of: held by a connected user, or asked for otherwise.
/// Counted, so that a symbol stays wanted until the last one lets it go.
///
/// Safe for any number of threads. Listeners hear a symbol each time it becomes wanted or unwanted;
/// with several threads the order of two calls for one symbol is not promised, so a listener reads
/// [#symbols] for the truth.
public final class Interest {
  private static final Integer FIRST = 1;

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final Listeners<String> listeners = new Listeners<>("a change of interest");

  /// Wants `symbol` once more.
  public void want(String symbol) {
    if (Objects.equals(counts.merge(symbol, 1, Integer::sum), FIRST)) {
      listeners.tell(symbol);
    }
  }

  /// Takes back one [#want].
  public void release(String symbol) {
    if (counts.computeIfPresent(symbol, (_, count) -> count == 1 ? null : count - 1) == null) {
      listeners.tell(symbol);
    }
  }

  /// The symbols wanted now.
  public Set<String> symbols() {
    return Set.copyOf(counts.keySet());
  }

  /// How often each symbol is wanted.
  public Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  /// Hears each symbol that becomes wanted or unwanted.
  public Registration onChange(Consumer<String> listener) {
    return listeners.add(listener);
  }
}
