package io.portfoliostream.client;

import java.time.Duration;

/// Pings that follow the last frame of a connection that went quiet.
///
/// The JDK's WebSocket loses the other end's FIN when it comes while a message is being handled:
/// its transport has no demand then and fails on it unseen (`TransportImpl.acknowledgeReception`).
/// Nothing is ever heard again, but writing finds it out: a first ping draws a reset, a second one
/// closes the output on it, and a third one is refused.
final class QuietProbe {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int TICKS = 4;

  private final Timers timers;
  private final Runnable ping;
  private int ticks;
  private Timers.Pending pending = () -> {};
  private boolean armed;
  private boolean stopped;

  /// Creates a probe that is not armed.
  ///
  /// @param ping sends a ping; whoever sends it learns when that fails
  QuietProbe(Timers timers, Runnable ping) {
    this.timers = timers;
    this.ping = ping;
  }

  /// Begins to wait for quiet once more.
  synchronized void heard() {
    ticks = 0;
    if (!armed) {
      arm();
    }
  }

  synchronized void stop() {
    stopped = true;
    pending.cancel();
  }

  private void arm() {
    if (!stopped) {
      armed = true;
      pending = timers.after(TICK, this::tick);
    }
  }

  private void tick() {
    if (isPingDue()) {
      ping.run();
    }
  }

  private synchronized boolean isPingDue() {
    armed = false;
    var due = ticks > 0 && !stopped;
    ticks++;
    if (ticks < TICKS) {
      arm();
    }
    return due;
  }
}
