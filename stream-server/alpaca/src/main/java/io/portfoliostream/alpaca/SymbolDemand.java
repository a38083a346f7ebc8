package io.portfoliostream.alpaca;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Works out which symbols to ask for and which to give up, one request at a time, until the
/// broker's confirmed set is the wanted one or as near to it as the broker allows. Not safe for
/// several threads.
///
/// A refused request says nothing about the single symbol: its symbols are asked for again in
/// halves, so that one bad symbol costs only itself and a limit is filled up to the last place.
/// What is refused alone is not asked for again before the wanted set changes.
final class SymbolDemand {
  private static final int MAX_CHUNK = 200;

  /// A change of the subscription.
  record Request(boolean subscribe, List<String> symbols) {}

  private Set<String> wanted = Set.of();
  private Set<String> confirmed = Set.of();
  private final Set<String> refused = new HashSet<>();
  private Optional<Request> inFlight = Optional.empty();
  private int chunk = MAX_CHUNK;
  private boolean full;

  /// Replaces the wanted set.
  void want(Set<String> symbols) {
    wanted = Set.copyOf(symbols);
    startOver();
  }

  /// A new connection: nothing is confirmed.
  void reset() {
    confirmed = Set.of();
    inFlight = Optional.empty();
    startOver();
  }

  /// What the broker confirmed last.
  Set<String> confirmed() {
    return confirmed;
  }

  /// Whether the broker has no place for one more.
  boolean isFull() {
    return full;
  }

  /// The request on its way did not count: it is made again.
  void repeat() {
    inFlight = Optional.empty();
  }

  /// The next request, none while one is on its way or nothing is left to do.
  Optional<Request> next() {
    if (inFlight.isPresent()) {
      return Optional.empty();
    }
    var surplus = request(false, confirmed, wanted);
    inFlight = surplus.isPresent() || full ? surplus : request(true, wanted, confirmed);
    return inFlight;
  }

  /// The broker told its complete set.
  void onConfirmed(Set<String> symbols) {
    inFlight.ifPresent(request ->
        request.symbols().stream()
            .filter(symbol -> request.subscribe() != symbols.contains(symbol))
            .forEach(refused::add));
    if (confirmed.size() > symbols.size()) {
      full = false;
    }
    confirmed = Set.copyOf(symbols);
    inFlight = Optional.empty();
    chunk = Math.min(MAX_CHUNK, chunk * 2);
  }

  /// The broker refused the request on its way.
  ///
  /// @param limit whether it was for the number of symbols
  void onRefused(boolean limit) {
    if (inFlight.isEmpty()) {
      return;
    }
    var symbols = inFlight.get().symbols();
    if (symbols.size() > 1) {
      chunk = symbols.size() / 2;
    } else if (limit) {
      full = true;
    } else {
      refused.addAll(symbols);
    }
    inFlight = Optional.empty();
  }

  private void startOver() {
    refused.clear();
    chunk = MAX_CHUNK;
    full = false;
  }

  private Optional<Request> request(boolean subscribe, Set<String> from, Set<String> without) {
    var symbols =
        new TreeSet<>(from)
            .stream()
                .filter(symbol -> !without.contains(symbol) && !refused.contains(symbol))
                .limit(chunk)
                .toList();
    return symbols.isEmpty() ? Optional.empty() : Optional.of(new Request(subscribe, symbols));
  }
}
