package io.portfoliostream.simulator.faults;

import static io.portfoliostream.simulator.faults.Setting.BYTES;
import static io.portfoliostream.simulator.faults.Setting.CLOSE;
import static io.portfoliostream.simulator.faults.Setting.DELAY_MS;
import static io.portfoliostream.simulator.faults.Setting.OFFSET_MS;
import static io.portfoliostream.simulator.faults.Setting.ON_EVENT;
import static io.portfoliostream.simulator.faults.Setting.OPEN_ONLY;
import static io.portfoliostream.simulator.faults.Setting.STATUS;
import static io.portfoliostream.simulator.faults.Setting.TIMES;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A way in which a broker lets its clients down. The README has an example of each.
public enum FaultKind {
  // Connections, as long as the fault stands.
  MUTE("mute", Nature.STANDING, Reach.ANY, OPEN_ONLY),
  DEAD("dead", Nature.STANDING, Reach.ANY, OPEN_ONLY),
  TEXT_FRAMES("text-frames", Nature.STANDING, Reach.ANY),
  BINARY_FRAMES("binary-frames", Nature.STANDING, Reach.ANY),
  MIXED_FRAMES("mixed-frames", Nature.STANDING, Reach.ANY),
  FRAGMENTED_FRAMES("fragmented-frames", Nature.STANDING, Reach.ANY),

  // Open connections, at once.
  DROP("drop", Nature.AT_ONCE, Reach.ANY, ON_EVENT),
  RESET("reset", Nature.AT_ONCE, Reach.ANY, ON_EVENT),
  GARBAGE_BYTE("garbage-byte", Nature.AT_ONCE, Reach.ANY),
  GARBAGE_TEXT("garbage-text", Nature.AT_ONCE, Reach.ANY),
  ERROR_ACTION("error-action", Nature.AT_ONCE, Reach.ACCOUNT, CLOSE),

  // New connections.
  HANDSHAKE_STATUS("handshake-status", Nature.COUNTED, Reach.ANY, STATUS),
  SLOT_HELD("slot-held", Nature.STANDING, Reach.ANY),
  STICKY_SLOT("sticky-slot", Nature.STANDING, Reach.ANY, DELAY_MS),
  UNAUTHORIZED("unauthorized", Nature.COUNTED, Reach.ACCOUNT, CLOSE),
  ACK_WITHOUT_TRADE_UPDATES("ack-without-trade-updates", Nature.COUNTED, Reach.ACCOUNT),

  // Messages on their way to a client.
  SWALLOW("swallow", Nature.COUNTED, Reach.ANY),
  DUPLICATE("duplicate", Nature.COUNTED, Reach.ANY),
  REORDER("reorder", Nature.COUNTED, Reach.ANY, DELAY_MS),
  DELAY("delay", Nature.COUNTED, Reach.ANY, DELAY_MS),
  UNKNOWN_EVENT("unknown-event", Nature.COUNTED, Reach.ACCOUNT),
  UNKNOWN_FIELD("unknown-field", Nature.COUNTED, Reach.ACCOUNT),
  MISSING_EVENT_ID("missing-event-id", Nature.COUNTED, Reach.ACCOUNT),
  HUGE_EVENT("huge-event", Nature.COUNTED, Reach.ACCOUNT, BYTES),

  // Orders by REST.
  HOLD_REPLY("hold-reply", Nature.COUNTED, Reach.ACCOUNT, DELAY_MS),
  LATE_REJECT("late-reject", Nature.COUNTED, Reach.ACCOUNT),
  ACCEPT_THEN_TIMEOUT("accept-then-timeout", Nature.COUNTED, Reach.ACCOUNT, DELAY_MS),
  ACCEPT_THEN_5XX("accept-then-5xx", Nature.COUNTED, Reach.ACCOUNT, STATUS),
  ACCEPT_THEN_422("accept-then-422", Nature.COUNTED, Reach.ACCOUNT),
  REFUSE("refuse", Nature.COUNTED, Reach.ACCOUNT, STATUS),

  // Any REST request.
  RATE_LIMIT("rate-limit", Nature.COUNTED, Reach.ACCOUNT, Setting.HEADERS),
  UNAVAILABLE("unavailable", Nature.COUNTED, Reach.ACCOUNT, STATUS),

  // REST and the trading stream alike.
  CLOCK_SKEW("clock-skew", Nature.STANDING, Reach.ACCOUNT, OFFSET_MS);

  private final String wire;
  private final Nature nature;
  private final Reach reach;
  private final Setting own;

  /// How long a fault of a kind goes on when nothing else is said.
  enum Nature {
    /// Until it is cleared or its time is up.
    STANDING,
    /// For one occasion.
    COUNTED,
    /// It happens when it is posted, and is over.
    AT_ONCE
  }

  /// What a fault of a kind may be posted for.
  enum Reach {
    ACCOUNT,
    ANY
  }

  FaultKind(String wire, Nature nature, Reach reach) {
    this(wire, nature, reach, TIMES);
  }

  /// @param own the setting that a kind has beside those that all have
  FaultKind(String wire, Nature nature, Reach reach, Setting own) {
    this.wire = wire;
    this.nature = nature;
    this.reach = reach;
    this.own = own;
  }

  /// The name of the kind in JSON.
  public String wire() {
    return wire;
  }

  /// The kind of this name.
  public static Optional<FaultKind> parse(String wire) {
    return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
  }

  /// Whether faults of this kind have a setting.
  public boolean has(Setting setting) {
    return switch (setting) {
      case TIMES -> true;
      case FOR_MS, SHARE -> nature != Nature.AT_ONCE || own == ON_EVENT;
      case DELAY_MS, STATUS, BYTES, OFFSET_MS, HEADERS, CLOSE, ON_EVENT, OPEN_ONLY ->
          setting == own;
    };
  }

  /// The settings that faults of this kind have.
  public List<Setting> settings() {
    return Arrays.stream(Setting.values()).filter(this::has).toList();
  }

  Nature nature() {
    return nature;
  }

  boolean reaches(Target target) {
    return reach == Reach.ANY || target.scope() == Target.Scope.ACCOUNT;
  }
}
