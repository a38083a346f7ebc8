package io.portfoliostream.server.auth;

import io.portfoliostream.server.auth.PasswordCheck.Judgement;
import io.portfoliostream.server.auth.Sessions.Opened;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Signing in by name and password.
public final class SignIn {
  private final PasswordCheck check;
  private final Sessions sessions;

  /// A sign-in into `sessions`.
  public SignIn(PasswordCheck check, Sessions sessions) {
    this.check = check;
    this.sessions = sessions;
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
    return switch (check.judge(attempt.username(), attempt.password(), attempt.address())) {
      case Judgement.Later(var after) -> new Result.Later(after);
      case Judgement.Wrong _ -> new Result.Wrong();
      case Judgement.Right(var stored) -> {
        var session = sessions.open(stored, attempt.address(), attempt.agent());
        yield session.isEmpty() ? new Result.Wrong() : new Result.SignedIn(session.get());
      }
    };
  }
}
