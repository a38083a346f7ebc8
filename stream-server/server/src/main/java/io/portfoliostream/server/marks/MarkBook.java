package io.portfoliostream.server.marks;

import io.portfoliostream.server.portfolio.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The latest mark of every symbol: the one traded last, whatever the order of arrival. Of two
/// traded at the same time the one that arrived last stands.
///
/// Safe for any number of threads.
public final class MarkBook {
  private final Map<String, Mark> latest = new ConcurrentHashMap<>();

  /// The latest mark of `symbol`, empty before the first.
  public Optional<Mark> mark(String symbol) {
    return Optional.ofNullable(latest.get(symbol));
  }

  /// Takes in marks, and tells which of them now stand in the book: none twice, none that a later
  /// trade outdid, none that says what was known.
  public List<Mark> offer(Collection<Mark> marks) {
    var changed = new ArrayList<Mark>(marks.size());
    for (var mark : marks) {
      if (take(mark)) {
        changed.add(mark);
      }
    }
    return changed;
  }

  /// All marks, to be saved.
  public List<Mark> all() {
    return List.copyOf(latest.values());
  }

  /// Takes in saved marks; what arrived meanwhile and was traded later stands.
  public void restore(Collection<Mark> saved) {
    offer(saved);
  }

  private boolean take(Mark offered) {
    while (true) {
      var known = latest.get(offered.symbol());
      if (known == null) {
        if (latest.putIfAbsent(offered.symbol(), offered) == null) {
          return true;
        }
      } else if (isOutdone(offered, known)) {
        return false;
      } else if (latest.replace(offered.symbol(), known, offered)) {
        return true;
      }
    }
  }

  private static boolean isOutdone(Mark offered, Mark known) {
    var order = offered.tradedAt().compareTo(known.tradedAt());
    return order < 0
        || (order == 0
            && (offered.receivedAt().isBefore(known.receivedAt())
                || offered.price().compareTo(known.price()) == 0));
  }
}
