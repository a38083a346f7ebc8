package io.portfoliostream.server.auth;

import java.util.Optional;

/// What a password must be that somebody chooses: long, and not to be guessed at once. What it is
/// made of is left to them.
final class PasswordRules {
  /// The shortest, in characters.
  static final int MIN_LENGTH = 10;

  private static final int MIN_DIFFERENT = 4;

  private PasswordRules() {}

  /// What is wrong with a password for `username`; empty when nothing is.
  static Optional<String> flaw(String password, String username) {
    if (password.codePointCount(0, password.length()) < MIN_LENGTH
        || password.length() > Passwords.MAX_LENGTH) {
      return Optional.of(
          "must have %d to %d characters".formatted(MIN_LENGTH, Passwords.MAX_LENGTH));
    }
    if (password.equalsIgnoreCase(username)) {
      return Optional.of("must not be the user name");
    }
    if (password.codePoints().distinct().count() < MIN_DIFFERENT) {
      return Optional.of("must have at least %d different characters".formatted(MIN_DIFFERENT));
    }
    return Optional.empty();
  }
}
