package io.portfoliostream.server.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portfoliostream.server.portfolio.UserId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Who may stream: while real time is on, the users whose place in line is below the percentage.
///
/// A user's place is a hash of their identity, the same on every node and after every restart; so
/// whoever is inside stays inside when the percentage grows.
public record Rollout(boolean enabled, int percent) {
  /// Everyone.
  public static final Rollout EVERYONE = new Rollout(true, 100);

  private static final int PLACES = 100;

  /// Refuses what is no percentage.
  public Rollout {
    if (percent < 0 || percent > PLACES) {
      throw new IllegalArgumentException("not a percentage: " + percent);
    }
  }

  /// Whether `user` may stream.
  public boolean admits(UserId user) {
    return enabled && (percent == PLACES || place(user) < percent);
  }

  /// The same percentage with real time off.
  Rollout off() {
    return new Rollout(false, percent);
  }

  /// From 0 to 99.
  static int place(UserId user) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(user.value().getBytes(UTF_8));
      return Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(), PLACES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
