package io.portfoliostream.simulator.faults;

import java.util.Arrays;
import java.util.Optional;

/// A number or a choice that some kinds of faults have.
public enum Setting {
  TIMES("times"),
  FOR_MS("forMs"),
  SHARE("share"),
  DELAY_MS("delayMs"),
  STATUS("status"),
  BYTES("bytes"),
  OFFSET_MS("offsetMs"),
  HEADERS("headers"),
  CLOSE("close"),
  ON_EVENT("onEvent"),
  OPEN_ONLY("openOnly");

  private final String wire;

  Setting(String wire) {
    this.wire = wire;
  }

  /// The name of the setting in JSON.
  public String wire() {
    return wire;
  }

  /// The setting of this name.
  public static Optional<Setting> parse(String wire) {
    return Arrays.stream(values()).filter(setting -> setting.wire.equals(wire)).findFirst();
  }
}
