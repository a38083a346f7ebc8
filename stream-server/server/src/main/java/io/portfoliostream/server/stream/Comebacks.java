package io.portfoliostream.server.stream;

import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// Clients whose connection was lost, until they come back or half a minute has passed: the part
/// that comes back in time is what users notice of a bad network.
///
/// Safe for any number of threads.
final class Comebacks {
  static final Duration IN_TIME = Duration.ofSeconds(30);

  /// After these ends a client has no reason to come back: it left, or was told to stay away.
  private static final Set<Integer> FINAL = Set.of(1000, 1001, 1002, 1003, 1007, 1009, 4004, 4005);

  private static final int FIRST_FINAL = 4400;
  private static final int LAST_FINAL = 4499;
  private static final int MOST = 10_000;

  private final LongSupplier nanos;
  private final StreamMetrics metrics;
  private final Map<String, Lost> lost = new LinkedHashMap<>();

  Comebacks(LongSupplier nanos, StreamMetrics metrics) {
    this.nanos = nanos;
    this.metrics = metrics;
  }

  private record Lost(UserId user, long at) {}

  /// A connection ended.
  ///
  /// @param code as it is counted
  void ended(Client client, int code) {
    if (FINAL.contains(code) || (code >= FIRST_FINAL && code <= LAST_FINAL)) {
      return;
    }
    synchronized (lost) {
      if (lost.size() >= MOST) {
        lost.remove(lost.keySet().iterator().next());
        metrics.stayedAway();
      }
      lost.put(client.connectionId(), new Lost(client.user(), nanos.getAsLong()));
    }
  }

  /// A client came back in place of a connection.
  ///
  /// @return whether that one was lost here
  boolean returned(UserId user, String connectionId) {
    synchronized (lost) {
      var known = lost.get(connectionId);
      if (known == null || !known.user.equals(user)) {
        return false;
      }
      lost.remove(connectionId);
      welcome(known);
      return true;
    }
  }

  /// A client of `user` came back without saying in place of which connection: of the one that was
  /// lost first.
  void resumed(UserId user) {
    synchronized (lost) {
      for (var each : lost.entrySet()) {
        if (each.getValue().user.equals(user)) {
          lost.remove(each.getKey());
          welcome(each.getValue());
          return;
        }
      }
    }
  }

  /// Gives up those who have been away for too long.
  void expire() {
    var now = nanos.getAsLong();
    synchronized (lost) {
      lost.values()
          .removeIf(each -> {
            var late = now - each.at > IN_TIME.toNanos();
            if (late) {
              metrics.stayedAway();
            }
            return late;
          });
    }
  }

  private void welcome(Lost known) {
    var after = nanos.getAsLong() - known.at;
    if (after > IN_TIME.toNanos()) {
      metrics.stayedAway();
    } else {
      metrics.returned(Duration.ofNanos(after));
    }
  }
}
