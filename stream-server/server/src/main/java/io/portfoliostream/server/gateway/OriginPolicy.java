package io.portfoliostream.server.gateway;

import io.portfoliostream.server.config.NetworkConfig;
import io.portfoliostream.server.config.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which web pages may do what. The lists are configuration; what a request says of its `Host` is
/// never believed.
final class OriginPolicy {
  private final Set<Origin> readers;
  private final Set<Origin> writers;

  OriginPolicy(NetworkConfig network) {
    this.readers = union(network.publicOrigins(), network.readOrigins());
    this.writers = union(network.publicOrigins(), network.writeOrigins());
  }

  /// Whether a page may read, the stream included; whoever tells no origin is not a page of another
  /// one.
  boolean mayRead(List<String> origins) {
    return origins.isEmpty() || isOne(origins, readers);
  }

  /// Whether a page may change something. A browser tells the origin, or at least that it is one.
  boolean mayChange(List<String> origins, boolean saysFetchSite) {
    return origins.isEmpty() ? !saysFetchSite : isOne(origins, writers);
  }

  /// The page, where it is on any of the lists.
  Optional<Origin> listed(List<String> origins) {
    return only(origins).filter(origin -> readers.contains(origin) || writers.contains(origin));
  }

  private static boolean isOne(List<String> origins, Set<Origin> allowed) {
    return only(origins).filter(allowed::contains).isPresent();
  }

  private static Optional<Origin> only(List<String> origins) {
    return origins.size() == 1 ? Origin.parse(origins.getFirst()) : Optional.empty();
  }

  private static Set<Origin> union(Set<Origin> some, Set<Origin> others) {
    var all = new HashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }
}
