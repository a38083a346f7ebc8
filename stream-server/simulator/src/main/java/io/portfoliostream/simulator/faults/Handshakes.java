package io.portfoliostream.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// How often clients connected to each stream, and logged in to each account. Safe for use by
/// several threads.
public final class Handshakes {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 100_000;

  private final InstantSource clock;
  private final Map<String, Tally> streams = new TreeMap<>();
  private final Map<String, Tally> logins = new TreeMap<>();

  Handshakes(InstantSource clock) {
    this.clock = clock;
  }

  /// How often something happened.
  ///
  /// @param total since the simulator began
  /// @param refused how many of these were turned away
  /// @param lastMinute within the last 60 seconds, the refused ones too
  public record Count(long total, long refused, int lastMinute) {}

  /// Somebody wants to connect to a stream.
  public synchronized void connected(String stream, boolean refused) {
    streams.computeIfAbsent(stream, _ -> new Tally()).add(clock.instant(), refused);
  }

  /// Somebody said who they are on the trading stream.
  public synchronized void loggedIn(String account, boolean refused) {
    logins.computeIfAbsent(account, _ -> new Tally()).add(clock.instant(), refused);
  }

  /// The handshakes by stream: `trading`, `iex`, `sip`, `test`.
  public synchronized Map<String, Count> streams() {
    return counts(streams);
  }

  /// The logins by account.
  public synchronized Map<String, Count> logins() {
    return counts(logins);
  }

  private Map<String, Count> counts(Map<String, Tally> tallies) {
    var now = clock.instant();
    var counts = new TreeMap<String, Count>();
    tallies.forEach((name, tally) -> counts.put(name, tally.count(now)));
    return counts;
  }

  private static final class Tally {
    private final Deque<Instant> recent = new ArrayDeque<>();
    private long total;
    private long refused;

    void add(Instant now, boolean turnedAway) {
      total++;
      refused += turnedAway ? 1 : 0;
      recent.add(now);
      forget(now);
    }

    Count count(Instant now) {
      forget(now);
      return new Count(total, refused, recent.size());
    }

    private void forget(Instant now) {
      while (recent.size() > MOST_REMEMBERED
          || (!recent.isEmpty() && !recent.getFirst().isAfter(now.minus(MINUTE)))) {
        recent.remove();
      }
    }
  }
}
