package io.portfoliostream.server.auth;

import io.portfoliostream.server.auth.Passwords.Verdict;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.auth.Users.Stored;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signing in by name and password. Unknown users, wrong passwords and disabled users get the same
/// answer after the same time.
public final class SignIn {
  private static final Duration WHEN_BUSY = Duration.ofSeconds(2);

  private final Users users;
  private final Passwords passwords;
  private final Sessions sessions;
  private final LoginThrottle throttle;

  /// A sign-in of `users` into `sessions`.
  public SignIn(Users users, Passwords passwords, Sessions sessions, InstantSource clock) {
    this.users = users;
    this.passwords = passwords;
    this.sessions = sessions;
    this.throttle = new LoginThrottle(clock);
  }

  /// Who asks, and from where.
  public record Attempt(String username, String password, String address, @Nullable String agent) {
    @Override
    public String toString() {
      return "Attempt[" + username + " from " + address + "]";
    }
  }

  /// What came of it.
  public sealed interface Result {
    /// A session began.
    record SignedIn(Opened session) implements Result {}

    /// The name or the password is wrong.
    record Wrong() implements Result {}

    /// Not judged: to be repeated after a while.
    record Later(Duration after) implements Result {}
  }

  /// Judges an attempt.
  ///
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when the users cannot be read
  public Result attempt(Attempt attempt) {
    var wait = throttle.enter(attempt.username(), attempt.address());
    if (!wait.isZero()) {
      return new Result.Later(wait);
    }
    var judged = false;
    try {
      var result = judge(attempt);
      judged = !(result instanceof Result.Later);
      return result;
    } finally {
      if (!judged) {
        throttle.withdrawn(attempt.username(), attempt.address());
      }
    }
  }

  private Result judge(Attempt attempt) {
    var stored = users.stored(attempt.username());
    return switch (verdict(attempt.password(), stored)) {
      case BUSY -> new Result.Later(WHEN_BUSY);
      case WRONG -> new Result.Wrong();
      case RIGHT -> {
        var user = stored.orElseThrow().user();
        if (user.disabled()) {
          yield new Result.Wrong();
        }
        var session = sessions.open(user, attempt.address(), attempt.agent());
        throttle.succeeded(attempt.username(), attempt.address());
        yield new Result.SignedIn(session);
      }
    };
  }

  private Verdict verdict(String password, Optional<Stored> stored) {
    var tooLong = password.length() > Passwords.MAX_LENGTH;
    var hash = tooLong ? null : stored.map(Stored::passwordHash).orElse(null);
    return passwords.compare(tooLong ? "" : password, hash);
  }
}
