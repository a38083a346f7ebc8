package io.portfoliostream.protocol;

/// Why a connection ended. The range alone tells a client what to do: 4000 to 4399 come back, 4400
/// to 4499 do not.
public enum CloseCode {
  /// Normal; stay closed.
  NORMAL(1000),
  /// A message over the limit; a bug, do not loop.
  TOO_BIG(1009),
  /// Service restart; reconnect in the told range.
  RESTART(1012),
  /// Silent for too long; reconnect with backoff.
  SILENT(4001),
  /// Sequenced events overflowed the bounded queue; the first time at once, then with backoff.
  SLOW_CONSUMER(4002),
  /// Too many messages per second; reconnect with backoff.
  RATE(4003),
  /// Real time was switched off; poll.
  REALTIME_DISABLED(4004),
  /// Replaced by a newer connection of the same client; stay closed.
  REPLACED(4005),
  /// Too many malformed messages; a bug, do not loop.
  MALFORMED(4400),
  /// The session ended; ask for a login.
  SESSION_ENDED(4401);

  private final int code;

  CloseCode(int code) {
    this.code = code;
  }

  /// The number in the close frame.
  public int code() {
    return code;
  }

  /// Whether a client that sees `code` must not come back by itself.
  public static boolean isTerminal(int code) {
    return code == NORMAL.code
        || code == TOO_BIG.code
        || code == REPLACED.code
        || (code >= 4400 && code <= 4499);
  }
}
