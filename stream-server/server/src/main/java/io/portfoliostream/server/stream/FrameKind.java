package io.portfoliostream.server.stream;

/// What a frame to a client carries.
public enum FrameKind {
  /// A booking: numbered, never dropped.
  SEQUENCED,
  /// Prices and what follows from them: only the newest counts.
  MARKS,
  /// A whole view: the answer to a subscription or a resume.
  ANSWER,
  /// Everything else: welcome, pong, error, digest, staleness, shutdown.
  CONTROL
}
