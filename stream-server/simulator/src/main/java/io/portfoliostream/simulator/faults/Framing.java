package io.portfoliostream.simulator.faults;

/// In what kind of frames a message goes out.
public enum Framing {
  /// As the stream always does.
  USUAL,
  TEXT,
  BINARY,
  /// In the stream's kind of frame, in several parts.
  FRAGMENTED
}
