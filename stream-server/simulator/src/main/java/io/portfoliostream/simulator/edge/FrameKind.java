package io.portfoliostream.simulator.edge;

import java.util.Locale;

/// The opcode of the frames in which a stream sends its JSON.
public enum FrameKind {
  TEXT(1),
  BINARY(2);

  private final int opcode;

  FrameKind(int opcode) {
    this.opcode = opcode;
  }

  int opcode() {
    return opcode;
  }

  /// The kind of this name.
  ///
  /// @throws IllegalArgumentException for any other
  public static FrameKind parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "binary" -> BINARY;
      default -> throw new IllegalArgumentException("must be binary or text: " + name);
    };
  }
}
