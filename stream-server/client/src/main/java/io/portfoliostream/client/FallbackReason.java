package io.portfoliostream.client;

/// Why a client polls, in the words of [ConnectionState.Polling] and of its reports.
public final class FallbackReason {
  /// Every retry failed.
  public static final String ATTEMPTS_EXHAUSTED = "attempts_exhausted";

  /// Real time is switched off, or off for this user.
  public static final String REALTIME_DISABLED = "realtime_disabled";

  /// The user's connections are all in use.
  public static final String CONNECTION_LIMIT = "connection_limit";

  /// The server ended the connection for a mistake of this client; trying again would repeat it.
  public static final String PROTOCOL_ERROR = "protocol_error";

  private FallbackReason() {}
}
