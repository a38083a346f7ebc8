package io.portfoliostream.server.stream;

import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.portfolio.UserId;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which connected users hold a symbol. Tells the [Interest] what is held at all. Safe for any
/// number of threads; one user's calls come one after the other.
final class Holders {
  private final Map<String, Map<UserId, UserStream>> bySymbol = new ConcurrentHashMap<>();
  private final Interest interest;

  Holders(Interest interest) {
    this.interest = interest;
  }

  void add(String symbol, UserStream holder) {
    bySymbol.compute(
        symbol,
        (_, known) -> {
          var holders = known == null ? new ConcurrentHashMap<UserId, UserStream>() : known;
          holders.put(holder.user(), holder);
          return holders;
        });
    interest.want(symbol);
  }

  void remove(String symbol, UserStream holder) {
    bySymbol.computeIfPresent(
        symbol,
        (_, holders) -> {
          holders.remove(holder.user(), holder);
          return holders.isEmpty() ? null : holders;
        });
    interest.release(symbol);
  }

  Collection<UserStream> of(String symbol) {
    return bySymbol.getOrDefault(symbol, Map.of()).values();
  }

  int symbols() {
    return bySymbol.size();
  }
}
