package io.portfoliostream.server.market;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// The market at one moment.
///
/// @param since when the session began
/// @param nextOpen the next beginning of a regular session
/// @param nextClose the next end of a regular session
public record MarketHours(
    MarketSession session, Instant since, Instant nextOpen, Instant nextClose) {
  /// Refuses hours with a part missing.
  public MarketHours {
    requireNonNull(session, "session");
    requireNonNull(since, "since");
    requireNonNull(nextOpen, "nextOpen");
    requireNonNull(nextClose, "nextClose");
  }

  /// Whether the regular session runs.
  public boolean isOpen() {
    return session == MarketSession.CORE;
  }
}
