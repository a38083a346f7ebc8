package io.portfoliostream.server.auth;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.UserId;
import java.util.Set;

/// A signed-in user, as one session knows them.
///
/// @param sessionId public name of the session, which is not its cookie
public record Identity(UserId user, String username, Set<String> roles, String sessionId) {
  /// Copies the roles.
  public Identity {
    requireNonNull(user, "user");
    requireNonNull(username, "username");
    roles = Set.copyOf(roles);
    requireNonNull(sessionId, "sessionId");
  }
}
