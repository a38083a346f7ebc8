package io.portfoliostream.server.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// A growing delay between sign-ins that fail, for each user name and address (in IPv6 the network
/// of 64 bits): three are free, then 1, 2, 4 … up to 60 s. A user is never locked out: from another
/// address nothing is delayed, and a failure is forgotten after 15 minutes.
///
/// An attempt counts as failed from its beginning until it is known to have succeeded, so that many
/// at once gain nothing. Safe for any number of threads.
final class LoginThrottle {
  private static final int FREE_FAILURES = 3;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);
  private static final Duration MEMORY = Duration.ofMinutes(15);
  private static final int MAX_ENTRIES = 10_000;
  private static final int NETWORK_BYTES = 8;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  private record Key(String username, String address) {
    static Key of(String username, String address) {
      var name = username.toLowerCase(Locale.ROOT);
      return new Key(name.length() > 64 ? name.substring(0, 64) : name, network(address));
    }

    /// Of an IPv6 address the first half, since whoever has one has the whole second half.
    private static String network(String address) {
      try {
        return InetAddress.ofLiteral(address) instanceof Inet6Address six
            ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
            : address;
      } catch (IllegalArgumentException _) {
        return address;
      }
    }
  }

  private record Failures(int count, Instant last) {
    static final Failures NONE = new Failures(0, Instant.MIN);

    Failures oneMore(Instant now) {
      return new Failures(count + 1, now);
    }

    Duration remaining(Instant now) {
      if (count < FREE_FAILURES) {
        return Duration.ZERO;
      }
      var doublings = Math.min(count - FREE_FAILURES, 6);
      var delay = Duration.ofSeconds(1L << doublings);
      var capped = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
      var left = Duration.between(now, last.plus(capped));
      return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isForgotten(Instant now) {
      return count == 0 || now.isAfter(last.plus(MEMORY));
    }
  }

  /// Begins an attempt: zero when it may go on, else how long to wait. An attempt that must wait
  /// does not lengthen the delay.
  Duration enter(String username, String address) {
    var key = Key.of(username, address);
    var now = clock.instant();
    lock.lock();
    try {
      var before = failures.getOrDefault(key, Failures.NONE);
      var current = before.isForgotten(now) ? Failures.NONE : before;
      var wait = current.remaining(now);
      if (wait.isZero()) {
        failures.put(key, current.oneMore(now));
        dropEldest();
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }

  /// Ends an attempt that succeeded: its user's failures from this address are forgotten.
  void succeeded(String username, String address) {
    lock.lock();
    try {
      failures.remove(Key.of(username, address));
    } finally {
      lock.unlock();
    }
  }

  /// Ends an attempt that was not judged: it does not count.
  void withdrawn(String username, String address) {
    lock.lock();
    try {
      failures.computeIfPresent(
          Key.of(username, address),
          (_, now) -> now.count() > 1 ? new Failures(now.count() - 1, now.last()) : null);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return failures.size();
    } finally {
      lock.unlock();
    }
  }

  private void dropEldest() {
    if (failures.size() > MAX_ENTRIES) {
      var eldest = failures.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
