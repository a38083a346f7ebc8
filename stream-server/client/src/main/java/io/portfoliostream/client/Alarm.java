package io.portfoliostream.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One timer of a mailbox: set, moved and cancelled by its owner, and rings there.
///
/// An alarm that was set anew or cancelled never rings for its old time, even when that ring was
/// already on its way. Used by the mailbox's owner only.
final class Alarm {
  private final Timers timers;
  private final Mailbox mailbox;
  private final Runnable action;
  private Timers.@Nullable Pending pending;
  private long dueNanos;
  private long generation;

  Alarm(Timers timers, Mailbox mailbox, Runnable action) {
    this.timers = timers;
    this.mailbox = mailbox;
    this.action = action;
  }

  /// Rings after `delay`, and not before.
  void set(Duration delay) {
    cancel();
    dueNanos = timers.nanoTime() + delay.toNanos();
    long mine = generation;
    pending = timers.after(delay, () -> mailbox.execute(() -> ring(mine)));
  }

  /// Rings after `delay`, or when it would anyway if that is sooner.
  void setIfSooner(Duration delay) {
    if (pending == null || dueNanos - timers.nanoTime() > delay.toNanos()) {
      set(delay);
    }
  }

  void cancel() {
    mailbox.assertOwner();
    generation++;
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }

  /// How long until it rings; zero when it does not or is due.
  Duration remaining() {
    long nanos = pending == null ? 0 : dueNanos - timers.nanoTime();
    return Duration.ofNanos(Math.max(0, nanos));
  }

  private void ring(long mine) {
    if (mine == generation) {
      pending = null;
      action.run();
    }
  }
}
