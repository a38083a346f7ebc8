package io.portfoliostream.ui.live;

import io.portfoliostream.client.Registration;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The clockwork that lets every page give a sign of life. Safe for several threads.
public final class Pulse {
  /// How often pages are asked for one; a page that has just sent something skips a turn, so that
  /// two of these is the longest silence.
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Set<Runnable> pages = ConcurrentHashMap.newKeySet();

  private Pulse() {}

  /// A pulse driven by `timers`, for as long as they run.
  public static Pulse start(Timers timers) {
    var pulse = new Pulse();
    var _ = timers.every(INTERVAL, () -> pulse.pages.forEach(Runnable::run));
    return pulse;
  }

  Registration register(Runnable page) {
    pages.add(page);
    return () -> pages.remove(page);
  }
}
