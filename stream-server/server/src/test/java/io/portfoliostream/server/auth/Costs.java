package io.portfoliostream.server.auth;

import java.time.Duration;
import java.util.Random;

/// Password hashing that is cheap enough for tests.
public final class Costs {
  private Costs() {}

  /// Passwords at the lowest cost that Argon2id has.
  public static Passwords cheapPasswords() {
    return new Passwords(new Argon2id.Cost(8, 1), new Random(7), 4, Duration.ofSeconds(5));
  }
}
