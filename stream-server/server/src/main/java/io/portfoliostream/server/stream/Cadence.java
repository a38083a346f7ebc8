package io.portfoliostream.server.stream;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// When price changes are sent, and which are waiting: the first after a quiet window at once, the
/// following ones when the window closes or the oldest has waited long enough, whichever is first.
/// All of them go together.
///
/// Shared by a user's connections that asked for the same window. Guarded by the user's lock.
final class Cadence {
  private final long windowNanos;
  private final long maxWaitNanos;
  private Map<String, Waiting> waiting = new HashMap<>();
  private long oldestAt;
  private long lastFlushAt;
  private boolean flushed;
  private boolean scheduled;

  Cadence(long windowNanos, long maxWaitNanos) {
    this.windowNanos = windowNanos;
    this.maxWaitNanos = maxWaitNanos;
  }

  boolean is(long window, long maxWait) {
    return windowNanos == window && maxWaitNanos == maxWait;
  }

  /// Notes a price change.
  ///
  /// @param arrivedAt when it arrived at the server
  /// @param arrivedNanos the same in monotonic time
  /// @param knownAt when this node's streams knew of it
  /// @return whether a flush must be scheduled at [#dueAt]
  boolean touch(String symbol, Instant arrivedAt, long arrivedNanos, Instant knownAt) {
    var known = waiting.get(symbol);
    if (known != null) {
      known.another();
    } else {
      if (waiting.isEmpty() || arrivedNanos - oldestAt < 0) {
        oldestAt = arrivedNanos;
      }
      waiting.put(symbol, new Waiting(arrivedAt, knownAt, 1));
    }
    if (scheduled) {
      return false;
    }
    scheduled = true;
    return true;
  }

  /// When what waits is to be sent, in monotonic time. Only asked while something waits.
  long dueAt() {
    var patience = oldestAt + maxWaitNanos;
    if (!flushed) {
      return oldestAt;
    }
    var closing = lastFlushAt + windowNanos;
    return closing - patience < 0 ? closing : patience;
  }

  /// A sequenced event says all there is to say of `symbol`.
  void discard(String symbol) {
    waiting.remove(symbol);
  }

  void discardAll() {
    waiting.clear();
  }

  boolean isQuiet() {
    return waiting.isEmpty();
  }

  /// The scheduled flush came and found nothing, or too early.
  void unscheduled() {
    scheduled = false;
  }

  /// Hands out what waits; a new window begins.
  Map<String, Waiting> flush(long now) {
    var batch = waiting;
    waiting = HashMap.newHashMap(batch.size());
    lastFlushAt = now;
    flushed = true;
    scheduled = false;
    return batch;
  }
}
