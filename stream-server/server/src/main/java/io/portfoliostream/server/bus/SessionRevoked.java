package io.portfoliostream.server.bus;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.UserId;

/// A session ended before its time: signed out, or taken back.
///
/// @param sessionId the stored identity (a hash), never the cookie's value
public record SessionRevoked(String sessionId, UserId user) {
  /// Refuses a revocation with a part missing.
  public SessionRevoked {
    requireNonNull(sessionId, "sessionId");
    requireNonNull(user, "user");
  }
}
