package io.portfoliostream.simulator.stream;

import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.FaultKind;
import io.portfoliostream.simulator.faults.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way of messages to their receivers, on which they may be lost, doubled, swapped and late.
///
/// What is late does not let what follows overtake it. Safe for use by several threads.
final class Passage {
  private final FaultBoard faults;
  private final Timer timer;
  private final Consumer<byte[]> receiver;
  private final Deque<Parcel> waiting = new ArrayDeque<>();
  private @Nullable Parcel held;

  Passage(FaultBoard faults, Timer timer, Consumer<byte[]> receiver) {
    this.faults = faults;
    this.timer = timer;
    this.receiver = receiver;
  }

  /// Sends the messages that come of one event.
  void pass(Target where, List<byte[]> messages) {
    if (faults.strike(FaultKind.SWALLOW, where).isPresent() || faults.endsLinesOf(where)) {
      return;
    }
    boolean twice = faults.strike(FaultKind.DUPLICATE, where).isPresent();
    var delay = faults.strike(FaultKind.DELAY, where).map(fault -> fault.delay());
    var sent = new ArrayList<>(messages);
    if (twice) {
      sent.addAll(messages);
    }
    if (!holds(where, sent)) {
      send(sent, delay.orElse(Duration.ZERO));
    }
  }

  /// Keeps messages back until those of the next event have passed, or nothing follows in time.
  private boolean holds(Target where, List<byte[]> messages) {
    synchronized (this) {
      if (held != null) {
        messages.addAll(held.messages);
        held = null;
        return false;
      }
    }
    var reorder = faults.strike(FaultKind.REORDER, where);
    if (reorder.isEmpty()) {
      return false;
    }
    var kept = new Parcel(List.copyOf(messages));
    synchronized (this) {
      held = kept;
    }
    timer.after(reorder.get().delay(), () -> release(kept));
    return true;
  }

  private void release(Parcel kept) {
    synchronized (this) {
      if (held != kept) {
        return;
      }
      held = null;
    }
    send(kept.messages, Duration.ZERO);
  }

  private synchronized void send(List<byte[]> messages, Duration delay) {
    var parcel = new Parcel(List.copyOf(messages));
    waiting.add(parcel);
    if (delay.isPositive()) {
      timer.after(delay, () -> ripen(parcel));
    } else {
      ripen(parcel);
    }
  }

  private synchronized void ripen(Parcel parcel) {
    parcel.ripe = true;
    for (var next = waiting.peek(); next != null && next.ripe; next = waiting.peek()) {
      waiting.remove();
      next.messages.forEach(receiver);
    }
  }

  private static final class Parcel {
    private final List<byte[]> messages;
    private boolean ripe;

    Parcel(List<byte[]> messages) {
      this.messages = messages;
    }
  }
}
