package io.portfoliostream.server.stream;

import io.portfoliostream.server.portfolio.Portfolio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How price changes reach a user's connections: flagged as they come, rendered once when they are
/// due, on the portfolio as it is then. Guarded by the user's lock.
final class Conflation {
  private final UserStream stream;
  private final StreamContext context;
  private final Composer composer;
  private final List<Cadence> cadences = new ArrayList<>(1);

  Conflation(UserStream stream, StreamContext context, Composer composer) {
    this.stream = stream;
    this.context = context;
    this.composer = composer;
  }

  /// The window of a client that asked for none, in milliseconds.
  long usualWindowMs() {
    return settings().window().toMillis();
  }

  /// A cadence for a connection that is not shown anything yet.
  Cadence usual() {
    return new Cadence(settings().window().toNanos(), settings().maxWait().toNanos());
  }

  /// The window that a client gets.
  ///
  /// @param wished as before when absent; a quicker one than usual is not given
  long granted(@Nullable Integer wished, long before) {
    return wished == null
        ? before
        : Math.clamp(wished, usualWindowMs(), settings().maxWindow().toMillis());
  }

  /// The cadence of all connections with a window.
  Cadence cadence(long windowMs) {
    var window = Duration.ofMillis(windowMs).toNanos();
    var maxWait = windowMs == usualWindowMs() ? settings().maxWait().toNanos() : window;
    for (var cadence : cadences) {
      if (cadence.is(window, maxWait)) {
        return cadence;
      }
    }
    var cadence = new Cadence(window, maxWait);
    cadences.add(cadence);
    return cadence;
  }

  /// Lets go of cadences that no connection follows any more.
  void retain(Collection<StreamConnection> connections) {
    cadences.removeIf(cadence ->
        connections.stream().noneMatch(each -> each.subscription().cadence() == cadence));
  }

  /// Notes a price change.
  void touch(String symbol, Instant arrivedAt, long arrivedNanos, Instant knownAt) {
    for (var cadence : cadences) {
      if (cadence.touch(symbol, arrivedAt, arrivedNanos, knownAt)) {
        schedule(cadence);
      }
    }
  }

  /// Forgets the price changes of a position that is told as a whole.
  void discard(String symbol) {
    for (var cadence : cadences) {
      cadence.discard(symbol);
    }
  }

  void discardAll() {
    cadences.forEach(Cadence::discardAll);
  }

  /// Sends a connection the marks of everything that it is shown.
  void sendCurrent(StreamConnection connection, Portfolio portfolio) {
    var now = context.now();
    var all = new HashMap<String, Waiting>();
    portfolio.positions().keySet().forEach(symbol -> all.put(symbol, new Waiting(now, now, 0)));
    broadcast(portfolio, all).sendTo(connection);
  }

  private void schedule(Cadence cadence) {
    var delay = cadence.dueAt() - context.nanos();
    if (delay <= 0) {
      context.work(() -> stream.locked(() -> flush(cadence)));
    } else {
      context.later(Duration.ofNanos(delay), () -> stream.locked(() -> flush(cadence)));
    }
  }

  private void flush(Cadence cadence) {
    var now = context.nanos();
    if (cadence.isQuiet() || !cadences.contains(cadence)) {
      cadence.unscheduled();
    } else if (cadence.dueAt() - now > 0) {
      schedule(cadence);
    } else {
      render(cadence, cadence.flush(now));
    }
  }

  private void render(Cadence cadence, Map<String, Waiting> batch) {
    var portfolio = stream.portfolio();
    Broadcast shared = null;
    for (var connection : stream.connections()) {
      if (connection.subscription().cadence() != cadence) {
        continue;
      }
      var late = connection.withdrawMarks();
      if (late != null) {
        broadcast(portfolio, union(late.waiting(), batch)).sendTo(connection);
      } else {
        if (shared == null) {
          shared = broadcast(portfolio, batch);
          count(batch);
        }
        shared.sendTo(connection);
      }
    }
  }

  private void count(Map<String, Waiting> batch) {
    long changes = 0;
    for (var waiting : batch.values()) {
      changes += waiting.changes();
    }
    context.metrics().conflated(changes, batch.size());
  }

  private Broadcast broadcast(Portfolio portfolio, Map<String, Waiting> batch) {
    var content = Content.marks(portfolio, batch.keySet(), context.view());
    return Broadcast.marks(composer, content, batch, portfolio.seq());
  }

  private static Map<String, Waiting> union(Map<String, Waiting> one, Map<String, Waiting> other) {
    var all = new HashMap<>(one);
    other.forEach((symbol, waiting) -> all.merge(symbol, waiting, Waiting::and));
    return all;
  }

  private StreamSettings.Conflation settings() {
    return context.settings().conflation();
  }
}
