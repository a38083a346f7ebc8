package io.portfoliostream.server.market;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is listed, as the broker told it last; empty before it did. Safe for any number of threads.
public final class AssetDirectory {
  private volatile Map<String, Entry> entries = Map.of();

  /// How well an asset answers a query, the best first.
  private enum Rank {
    SYMBOL,
    SYMBOL_BEGINS,
    NAME_BEGINS,
    WORD_BEGINS,
    CONTAINS
  }

  /// An asset with its name as it is searched.
  private record Entry(Asset asset, String name) {
    Optional<Found> matching(String query) {
      return rank(query).map(rank -> new Found(rank, asset));
    }

    private Optional<Rank> rank(String query) {
      var symbol = asset.symbol();
      if (symbol.equals(query)) {
        return Optional.of(Rank.SYMBOL);
      }
      if (symbol.startsWith(query)) {
        return Optional.of(Rank.SYMBOL_BEGINS);
      }
      if (name.startsWith(query)) {
        return Optional.of(Rank.NAME_BEGINS);
      }
      if (name.contains(" " + query)) {
        return Optional.of(Rank.WORD_BEGINS);
      }
      return name.contains(query) ? Optional.of(Rank.CONTAINS) : Optional.empty();
    }
  }

  private record Found(Rank rank, Asset asset) {
    static final Comparator<Found> BEST_FIRST =
        Comparator.comparing(Found::rank)
            .thenComparing(found -> !found.asset().tradable())
            .thenComparing(found -> found.asset().symbol());
  }

  /// Takes in the whole list, in place of an earlier one.
  public void learn(Collection<Asset> assets) {
    var learnt = new HashMap<String, Entry>();
    assets.forEach(asset ->
        learnt.put(asset.symbol(), new Entry(asset, asset.name().toUpperCase(Locale.ROOT))));
    entries = Map.copyOf(learnt);
  }

  /// Whether no list was told yet.
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /// The asset of a symbol.
  public Optional<Asset> find(String symbol) {
    return Optional.ofNullable(entries.get(symbol)).map(Entry::asset);
  }

  /// The assets whose symbol or name has `query` in it, in any case: symbols that begin with it
  /// first, then names, tradable ones before others.
  ///
  /// @param limit how many at most
  public List<Asset> search(String query, int limit) {
    var wanted = query.strip().toUpperCase(Locale.ROOT);
    return entries.values().stream()
        .flatMap(entry -> entry.matching(wanted).stream())
        .sorted(Found.BEST_FIRST)
        .limit(limit)
        .map(Found::asset)
        .toList();
  }
}
