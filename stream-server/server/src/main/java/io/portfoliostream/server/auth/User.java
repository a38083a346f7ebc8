package io.portfoliostream.server.auth;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.UserId;
import java.util.Set;

/// Somebody who may sign in.
///
/// @param username lower-case
/// @param disabled whether the sign-in is switched off
public record User(UserId id, String username, Set<String> roles, boolean disabled) {
  /// Copies the roles.
  public User {
    requireNonNull(id, "id");
    requireNonNull(username, "username");
    roles = Set.copyOf(roles);
  }
}
