package io.portfoliostream.server.auth;

import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Identities by session, remembered for 2 s. What was looked up while any session was being
/// forgotten is not remembered, so that a revocation cannot be undone by a slow look-up.
///
/// Safe for any number of threads.
final class SessionCache {
  private static final Duration MAX_AGE = Duration.ofSeconds(2);
  private static final int MAX_SIZE = 20_000;

  private final InstantSource clock;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();
  private final AtomicLong forgotten = new AtomicLong();

  SessionCache(InstantSource clock) {
    this.clock = clock;
  }

  private record Remembered(Identity identity, Instant at) {
    /// A clock that was set back makes nothing younger.
    boolean isFresh(Instant now) {
      var age = Duration.between(at, now);
      return !age.isNegative() && age.compareTo(MAX_AGE) < 0;
    }
  }

  Optional<Identity> find(String id, Supplier<Optional<Identity>> lookUp) {
    var now = clock.instant();
    var known = remembered.get(id);
    if (known != null && known.isFresh(now)) {
      return Optional.of(known.identity());
    }
    var before = forgotten.get();
    var found = lookUp.get();
    found.ifPresentOrElse(
        identity -> remember(id, new Remembered(identity, now), before),
        () -> remembered.remove(id));
    return found;
  }

  void forget(String id) {
    forgotten.incrementAndGet();
    remembered.remove(id);
  }

  void forget(UserId user) {
    forgotten.incrementAndGet();
    remembered.values().removeIf(known -> known.identity().user().equals(user));
  }

  private void remember(String id, Remembered entry, long before) {
    if (remembered.size() >= MAX_SIZE) {
      remembered.values().removeIf(old -> !old.isFresh(entry.at()));
    }
    if (remembered.size() >= MAX_SIZE) {
      return;
    }
    remembered.put(id, entry);
    if (forgotten.get() != before) {
      remembered.remove(id, entry);
    }
  }
}
