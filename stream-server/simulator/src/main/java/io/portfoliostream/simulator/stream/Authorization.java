package io.portfoliostream.simulator.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/// The way of one connection from unknown to an account's slot.
///
/// ```
/// UNKNOWN ─► WAITING (for a slot) ─► GRANTED
///    └───────────┴────────────────────┴─► OVER
/// ```
///
/// Guarded by its own lock, as the timer and the connection's thread meet here.
final class Authorization {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int MOST_DEFERRED = 16;

  private final Slots slots;
  private final StreamRules rules;
  private final Timer timer;
  private final Deque<String> deferred = new ArrayDeque<>();
  private Stage stage = new Stage.Unknown();
  private int claims;

  /// Where the way has led so far.
  sealed interface Stage {
    record Unknown() implements Stage {}

    record Waiting(String account) implements Stage {}

    record Granted(String account) implements Stage {}

    record Over() implements Stage {}
  }

  Authorization(Slots slots, StreamRules rules, Timer timer) {
    this.slots = slots;
    this.rules = rules;
    this.timer = timer;
  }

  /// Runs a task if from now on nobody says who they are in time.
  void expectWithin(Duration timeout, Runnable late) {
    int before = claims();
    timer.after(
        timeout,
        () -> {
          if (isUnknown() && claims() == before) {
            late.run();
          }
        });
  }

  /// Claims a slot, waiting a moment for a connection before this one to be gone.
  ///
  /// @param answer hears whether there was one, unless the connection is gone meanwhile
  void claim(String account, Consumer<Boolean> answer) {
    synchronized (this) {
      stage = new Stage.Waiting(account);
      claims++;
    }
    attempt(account, rules.slotPatience(), answer);
  }

  /// Keeps a message that came while the answer to the one before it is not known yet.
  ///
  /// @return whether it was kept, and is to be taken up later by [#nextDeferred]
  synchronized boolean defers(String message) {
    if (!(stage instanceof Stage.Waiting)) {
      return false;
    }
    if (deferred.size() < MOST_DEFERRED) {
      deferred.add(message);
    }
    return true;
  }

  /// The next message that was kept, once there is an answer.
  synchronized Optional<String> nextDeferred() {
    return stage instanceof Stage.Waiting ? Optional.empty() : Optional.ofNullable(deferred.poll());
  }

  synchronized Stage stage() {
    return stage;
  }

  synchronized boolean isUnknown() {
    return stage instanceof Stage.Unknown;
  }

  synchronized boolean isGranted() {
    return stage instanceof Stage.Granted;
  }

  /// Ends the way and frees the slot.
  synchronized void end() {
    if (stage instanceof Stage.Granted(var account)) {
      slots.release(account);
    }
    stage = new Stage.Over();
  }

  private synchronized int claims() {
    return claims;
  }

  private void attempt(String account, Duration patience, Consumer<Boolean> answer) {
    boolean granted;
    synchronized (this) {
      if (!(stage instanceof Stage.Waiting)) {
        return;
      }
      granted = slots.claim(account);
      if (granted) {
        stage = new Stage.Granted(account);
      } else if (patience.isNegative() || patience.isZero()) {
        stage = new Stage.Unknown();
      }
    }
    if (granted || patience.isNegative() || patience.isZero()) {
      answer.accept(granted);
    } else {
      timer.after(STEP, () -> attempt(account, patience.minus(STEP), answer));
    }
  }
}
