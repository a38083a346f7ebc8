package io.portfoliostream.simulator.faults;

import io.portfoliostream.simulator.faults.FaultKind.Nature;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that is to go wrong. Immutable; `with` methods change one setting each.
///
/// ```java
/// simulator.faults().post(Fault.of(FaultKind.SWALLOW).on("demo").times(3));
/// ```
///
/// @param times how often it happens, 0 for as long as it lasts
/// @param lasting how long it may happen, or null until it is cleared
/// @param share of the occasions on which it happens, by the seeded chance of the board
/// @param delay of what is late, held or given up
/// @param status HTTP status of a refusal
/// @param bytes size of what is huge
/// @param offset by which timestamps are wrong
/// @param headers whether a refusal says when to come back
/// @param close whether the connection is closed afterwards
/// @param onEvent whether it happens in place of the next message instead of at once
/// @param openOnly whether connections that are opened later are spared
public record Fault(
    FaultKind kind,
    Target target,
    int times,
    @Nullable Duration lasting,
    double share,
    Duration delay,
    int status,
    int bytes,
    Duration offset,
    boolean headers,
    boolean close,
    boolean onEvent,
    boolean openOnly) {
  private static final int MOST_TIMES = 1_000_000;
  private static final int MOST_BYTES = 4 << 20;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
  private static final Duration FARTHEST = Duration.ofDays(10);

  public Fault {
    if (!kind.reaches(target)) {
      throw new IllegalArgumentException(kind.wire() + " is a fault of accounts, not of feeds");
    }
    within("times", times, 0, MOST_TIMES);
    within("status", status, 400, 599);
    within("bytes", bytes, 1, MOST_BYTES);
    within("delayMs", delay.toMillis(), 0, LONGEST_DELAY.toMillis());
    within("offsetMs", offset.toMillis(), -FARTHEST.toMillis(), FARTHEST.toMillis());
    if (lasting != null) {
      within("forMs", lasting.toMillis(), 1, LONGEST.toMillis());
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and no more than 1: " + share);
    }
    if (kind.nature() == Nature.AT_ONCE && !onEvent && times == 0) {
      throw new IllegalArgumentException("times must not be 0 for " + kind.wire());
    }
  }

  /// A fault of all accounts with the usual settings of its kind.
  public static Fault of(FaultKind kind) {
    return new Fault(
        kind,
        Target.account("*"),
        kind.nature() == Nature.STANDING ? 0 : 1,
        kind == FaultKind.SLOT_HELD ? Duration.ofSeconds(90) : null,
        1,
        usualDelay(kind),
        usualStatus(kind),
        1 << 20,
        Duration.ofSeconds(60),
        true,
        true,
        false,
        false);
  }

  /// The fault at an account.
  public Fault on(String account) {
    return at(Target.account(account));
  }

  /// The fault somewhere else.
  public Fault at(Target value) {
    return new Fault(
        kind, value, times, lasting, share, delay, status, bytes, offset, headers, close, onEvent,
        openOnly);
  }

  /// The fault so many times; 0 for as long as it lasts.
  public Fault times(int value) {
    return new Fault(
        kind, target, value, lasting, share, delay, status, bytes, offset, headers, close, onEvent,
        openOnly);
  }

  /// The fault for a time only.
  public Fault lasting(Duration value) {
    return new Fault(
        kind, target, times, value, share, delay, status, bytes, offset, headers, close, onEvent,
        openOnly);
  }

  /// The fault on a share of the occasions.
  public Fault share(double value) {
    return new Fault(
        kind, target, times, lasting, value, delay, status, bytes, offset, headers, close, onEvent,
        openOnly);
  }

  /// The fault with another delay.
  public Fault delay(Duration value) {
    return new Fault(
        kind, target, times, lasting, share, value, status, bytes, offset, headers, close, onEvent,
        openOnly);
  }

  /// The fault with another HTTP status.
  public Fault status(int value) {
    return new Fault(
        kind, target, times, lasting, share, delay, value, bytes, offset, headers, close, onEvent,
        openOnly);
  }

  /// The fault with another size.
  public Fault bytes(int value) {
    return new Fault(
        kind, target, times, lasting, share, delay, status, value, offset, headers, close, onEvent,
        openOnly);
  }

  /// The fault with another error of the clock.
  public Fault offset(Duration value) {
    return new Fault(
        kind, target, times, lasting, share, delay, status, bytes, value, headers, close, onEvent,
        openOnly);
  }

  /// The fault with or without the headers that say when to come back.
  public Fault headers(boolean value) {
    return new Fault(
        kind, target, times, lasting, share, delay, status, bytes, offset, value, close, onEvent,
        openOnly);
  }

  /// The fault with or without a close of the connection.
  public Fault close(boolean value) {
    return new Fault(
        kind, target, times, lasting, share, delay, status, bytes, offset, headers, value, onEvent,
        openOnly);
  }

  /// The fault in place of the next messages, or at once.
  public Fault onEvent(boolean value) {
    return new Fault(
        kind, target, times, lasting, share, delay, status, bytes, offset, headers, close, value,
        openOnly);
  }

  /// The fault on connections that are open now, or on later ones too.
  public Fault openOnly(boolean value) {
    return new Fault(
        kind, target, times, lasting, share, delay, status, bytes, offset, headers, close, onEvent,
        value);
  }

  boolean isAtOnce() {
    return kind.nature() == Nature.AT_ONCE && !onEvent;
  }

  private static Duration usualDelay(FaultKind kind) {
    return switch (kind) {
      case STICKY_SLOT -> Duration.ofSeconds(90);
      case ACCEPT_THEN_TIMEOUT -> Duration.ofSeconds(30);
      case REORDER -> Duration.ofSeconds(2);
      default -> Duration.ofMillis(500);
    };
  }

  private static int usualStatus(FaultKind kind) {
    return switch (kind) {
      case HANDSHAKE_STATUS -> 429;
      case ACCEPT_THEN_5XX -> 500;
      default -> 503;
    };
  }

  private static void within(String setting, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d: %d".formatted(setting, least, most, value));
    }
  }
}
