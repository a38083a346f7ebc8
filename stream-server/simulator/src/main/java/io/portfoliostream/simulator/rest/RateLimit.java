package io.portfoliostream.simulator.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// How many requests an account may make in a minute that begins with its first one.
///
/// Safe for use by several threads.
public final class RateLimit {
  /// What the broker allows.
  public static final int USUAL = 200;

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final int most;
  private final InstantSource clock;
  private final Map<String, Window> windows = new HashMap<>();

  private RateLimit(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /// A limit of so many requests per minute; 0 for none.
  public static RateLimit perMinute(int most, InstantSource clock) {
    return new RateLimit(most, clock);
  }

  /// What a request finds.
  ///
  /// @param allowed whether it is answered
  /// @param headers what the answer tells about the limit; nothing when there is none
  record Decision(boolean allowed, Map<String, String> headers) {}

  private record Window(Instant until, int used) {}

  /// Counts a request of somebody.
  synchronized Decision take(String who) {
    if (most == 0) {
      return new Decision(true, Map.of());
    }
    var now = clock.instant();
    var open = windows.get(who);
    var window =
        open == null || !now.isBefore(open.until())
            ? new Window(now.plus(PERIOD), 1)
            : new Window(open.until(), Math.min(open.used(), most) + 1);
    windows.put(who, window);
    boolean allowed = window.used() <= most;
    var headers = new HashMap<String, String>();
    headers.put("X-RateLimit-Limit", Integer.toString(most));
    headers.put("X-RateLimit-Remaining", Integer.toString(Math.max(0, most - window.used())));
    headers.put("X-RateLimit-Reset", Long.toString(ceiling(window.until())));
    if (!allowed) {
      var wait = Duration.between(now, window.until());
      headers.put("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
    }
    return new Decision(allowed, Map.copyOf(headers));
  }

  private static long ceiling(Instant instant) {
    return instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0);
  }
}
