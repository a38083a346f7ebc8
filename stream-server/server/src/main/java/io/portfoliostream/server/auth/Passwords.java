package io.portfoliostream.server.auth;

import io.portfoliostream.server.auth.Argon2id.Cost;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Hashing of passwords by Argon2id, a few at a time: each takes a processor and 19 MiB for about a
/// tenth of a second, so that a flood of sign-ins must not take them all.
///
/// Safe for any number of threads.
public final class Passwords {
  /// The longest password, in characters.
  public static final int MAX_LENGTH = 256;

  private static final int GENERATED_LENGTH = 20;
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

  private static final Cost STANDARD = new Cost(19 * 1024, 2);

  private final Cost cost;
  private final Semaphore turns;
  private final Duration patience;
  private final RandomGenerator random;
  private final Argon2id nobody;

  /// Passwords at the standard cost.
  ///
  /// @param random must be unpredictable
  /// @param atOnce how many may be hashed at the same time
  /// @param patience how long one waits for its turn
  public Passwords(RandomGenerator random, int atOnce, Duration patience) {
    this(STANDARD, random, atOnce, patience);
  }

  Passwords(Cost cost, RandomGenerator random, int atOnce, Duration patience) {
    this.cost = cost;
    this.random = random;
    this.turns = new Semaphore(atOnce, true);
    this.patience = patience;
    this.nobody = Argon2id.of("", cost, salt());
  }

  /// What came of a comparison.
  enum Verdict {
    /// It is the password.
    RIGHT,
    /// It is not.
    WRONG,
    /// Too many others were waiting.
    BUSY
  }

  /// Hashes a new password.
  String hash(String password) {
    return Argon2id.of(password, cost, salt()).text();
  }

  /// A new password of 20 characters, none of which looks like another one: 116 random bits.
  String generate() {
    var password = new StringBuilder();
    for (var count = 0; count < GENERATED_LENGTH; count++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  /// Compares a password with a stored hash. Without a hash it takes as long and is wrong, so that
  /// nobody learns from the time which users exist.
  Verdict compare(String password, @Nullable String stored) {
    if (!awaitTurn()) {
      return Verdict.BUSY;
    }
    try {
      var expected = stored == null ? nobody : Argon2id.parse(stored);
      var matches = expected.matches(password);
      return matches && stored != null ? Verdict.RIGHT : Verdict.WRONG;
    } finally {
      turns.release();
    }
  }

  private boolean awaitTurn() {
    try {
      return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private byte[] salt() {
    var salt = new byte[Argon2id.SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
