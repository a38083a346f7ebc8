package io.portfoliostream.server.auth;

import io.portfoliostream.server.auth.PasswordCheck.Judgement;
import io.portfoliostream.server.auth.Users.Stored;
import io.portfoliostream.server.ledger.Reachable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// The change of a user's own password. It ends all their other sessions in the same transaction;
/// the session that changes it goes on.
public final class PasswordChange {
  private final Jdbi database;
  private final PasswordCheck check;
  private final Passwords passwords;
  private final InstantSource clock;

  /// A change of the passwords in `database`.
  public PasswordChange(
      Jdbi database, PasswordCheck check, Passwords passwords, InstantSource clock) {
    this.database = database;
    this.check = check;
    this.passwords = passwords;
    this.clock = clock;
  }

  /// Who asks for what, and from where.
  public record Wish(Identity identity, String current, String next, String address) {
    @Override
    public String toString() {
      return "Wish[" + identity + " from " + address + "]";
    }
  }

  /// What came of it.
  public sealed interface Result {
    /// It is changed.
    ///
    /// @param ended the other sessions, which are no more
    record Changed(List<String> ended) implements Result {}

    /// The current password is another one.
    record Wrong() implements Result {}

    /// The new password cannot be one, for a reason.
    record Unfit(String reason) implements Result {}

    /// Not judged: to be repeated after a while.
    record Later(Duration after) implements Result {}
  }

  /// Changes a password.
  ///
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable while the database cannot be
  ///   reached
  public Result attempt(Wish wish) {
    var username = wish.identity().username();
    var flaw = flaw(wish, username);
    if (flaw.isPresent()) {
      return new Result.Unfit(flaw.get());
    }
    return switch (check.judge(username, wish.current(), wish.address())) {
      case Judgement.Later(var after) -> new Result.Later(after);
      case Judgement.Wrong _ -> new Result.Wrong();
      case Judgement.Right(var stored) -> {
        var ended = change(wish, stored);
        yield ended.isEmpty() ? new Result.Wrong() : new Result.Changed(ended.get());
      }
    };
  }

  private static Optional<String> flaw(Wish wish, String username) {
    return wish.next().equals(wish.current())
        ? Optional.of("must be another one than the current password")
        : PasswordRules.flaw(wish.next(), username);
  }

  /// Empty when the password was changed by somebody else since it was judged.
  private Optional<List<String>> change(Wish wish, Stored stored) {
    var hash = passwords.hash(wish.next());
    return Reachable.call(
        "change a password",
        () ->
            database.inTransaction(handle -> {
              var changed =
                  handle
                      .createUpdate(
                          """
                          update app_user set password_hash = :next
                          where id = :user and password_hash = :judged and not disabled
                          """)
                      .bind("next", hash)
                      .bind("judged", stored.passwordHash())
                      .bind("user", stored.user().id().value())
                      .execute();
              return changed == 0
                  ? Optional.<List<String>>empty()
                  : Optional.of(
                      Sessions.revokeAll(
                          handle,
                          stored.user().id(),
                          wish.identity().sessionId(),
                          clock.instant()));
            }));
  }
}
