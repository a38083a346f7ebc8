package io.portfoliostream.server.auth;

import io.portfoliostream.server.auth.Passwords.Verdict;
import io.portfoliostream.server.auth.Users.Stored;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Finds out whether a password is a user's, with the delays of [LoginThrottle]: whatever asks for
/// a password shares them. Unknown users, wrong passwords and disabled users get the same answer
/// after the same time.
public final class PasswordCheck {
  private static final Duration WHEN_BUSY = Duration.ofSeconds(2);

  private final Users users;
  private final Passwords passwords;
  private final LoginThrottle throttle;

  /// A check of the passwords of `users`.
  public PasswordCheck(Users users, Passwords passwords, InstantSource clock) {
    this.users = users;
    this.passwords = passwords;
    this.throttle = new LoginThrottle(clock);
  }

  /// What was found.
  sealed interface Judgement {
    /// It is the password.
    record Right(Stored stored) implements Judgement {}

    /// It is not.
    record Wrong() implements Judgement {}

    /// Not judged: to be repeated after a while.
    record Later(Duration after) implements Judgement {}
  }

  Judgement judge(String username, String password, String address) {
    var wait = throttle.enter(username, address);
    if (!wait.isZero()) {
      return new Judgement.Later(wait);
    }
    var judged = false;
    try {
      var judgement = compare(username, password);
      judged = !(judgement instanceof Judgement.Later);
      if (judgement instanceof Judgement.Right) {
        throttle.succeeded(username, address);
      }
      return judgement;
    } finally {
      if (!judged) {
        throttle.withdrawn(username, address);
      }
    }
  }

  private Judgement compare(String username, String password) {
    var stored = users.stored(username);
    return switch (verdict(password, stored)) {
      case BUSY -> new Judgement.Later(WHEN_BUSY);
      case WRONG -> new Judgement.Wrong();
      case RIGHT -> {
        var right = stored.orElseThrow();
        yield right.user().disabled() ? new Judgement.Wrong() : new Judgement.Right(right);
      }
    };
  }

  private Verdict verdict(String password, Optional<Stored> stored) {
    var tooLong = password.length() > Passwords.MAX_LENGTH;
    var hash = tooLong ? null : stored.map(Stored::passwordHash).orElse(null);
    return passwords.compare(tooLong ? "" : password, hash);
  }
}
