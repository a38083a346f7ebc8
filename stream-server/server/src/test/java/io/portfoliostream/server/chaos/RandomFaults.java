package io.portfoliostream.server.chaos;

import io.portfoliostream.simulator.faults.Fault;
import io.portfoliostream.simulator.faults.FaultKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Draws what goes wrong at the broker.
final class RandomFaults {
  /// Every kind but the one that ends a link for good.
  static final Set<FaultKind> KINDS = EnumSet.complementOf(EnumSet.of(FaultKind.UNAUTHORIZED));

  /// What a handshake that does not name its account can meet.
  private static final Set<FaultKind> OF_HANDSHAKES =
      EnumSet.of(FaultKind.HANDSHAKE_STATUS, FaultKind.SLOT_HELD);

  /// What only a connection meets that begins or ends while it stands.
  private static final Set<FaultKind> NEED_ANOTHER_CONNECTION =
      EnumSet.of(
          FaultKind.HANDSHAKE_STATUS,
          FaultKind.SLOT_HELD,
          FaultKind.STICKY_SLOT,
          FaultKind.ACK_WITHOUT_TRADE_UPDATES);

  private static final List<FaultKind> ALL = List.copyOf(KINDS);
  private static final int HUGE = 200_000;

  private final RandomGenerator random;

  RandomFaults(RandomGenerator random) {
    this.random = random;
  }

  /// Something that goes wrong with an account, and what it needs to be met.
  List<Fault> draw(String account) {
    var kind = ALL.get(random.nextInt(ALL.size()));
    var everyone = OF_HANDSHAKES.contains(kind) && random.nextInt(4) > 0;
    var fault = drawn(kind, Fault.of(kind).on(everyone ? "*" : account));
    return NEED_ANOTHER_CONNECTION.contains(kind) && random.nextInt(4) > 0
        ? List.of(fault, Fault.of(FaultKind.RESET).on(account))
        : List.of(fault);
  }

  private Fault drawn(FaultKind kind, Fault fault) {
    return switch (kind) {
      case MUTE, DEAD -> fault.lasting(seconds(2, 12)).openOnly(random.nextBoolean());
      case DROP, RESET -> fault.onEvent(random.nextBoolean());
      case TEXT_FRAMES, BINARY_FRAMES, MIXED_FRAMES, FRAGMENTED_FRAMES ->
          fault.lasting(seconds(5, 20));
      case SLOT_HELD -> fault.lasting(seconds(1, 8));
      case STICKY_SLOT -> fault.lasting(seconds(5, 15)).delay(seconds(1, 4));
      case HANDSHAKE_STATUS -> fault.status(502).times(some(3));
      case ERROR_ACTION -> fault.close(random.nextBoolean());
      case SWALLOW, DUPLICATE, UNKNOWN_EVENT, UNKNOWN_FIELD, MISSING_EVENT_ID ->
          fault.times(some(4));
      case REORDER -> fault.times(some(3)).delay(millis(60));
      case DELAY -> fault.times(some(5)).delay(millis(100));
      case HUGE_EVENT -> fault.bytes(HUGE);
      case HOLD_REPLY, ACCEPT_THEN_TIMEOUT -> fault.times(some(2)).delay(millis(80));
      case LATE_REJECT, ACCEPT_THEN_422 -> fault.times(some(2));
      case ACCEPT_THEN_5XX -> fault.times(some(2)).status(502);
      case REFUSE -> fault.times(some(2)).status(random.nextBoolean() ? 503 : 403);
      case RATE_LIMIT -> fault.times(some(3)).headers(random.nextBoolean());
      case UNAVAILABLE -> fault.times(some(6)).status(503);
      case CLOCK_SKEW ->
          fault.lasting(seconds(3, 15)).offset(Duration.ofSeconds(random.nextInt(-90, 91)));
      case GARBAGE_BYTE, GARBAGE_TEXT, ACK_WITHOUT_TRADE_UPDATES, UNAUTHORIZED -> fault;
    };
  }

  private int some(int most) {
    return random.nextInt(1, most + 1);
  }

  private Duration seconds(int least, int most) {
    return Duration.ofMillis(random.nextInt(least * 1000, most * 1000));
  }

  /// Of the simulator's timer, which goes by the real time.
  private Duration millis(int most) {
    return Duration.ofMillis(random.nextInt(1, most));
  }
}
