package io.portfoliostream.server.auth;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What administrators do with users: list them, make them, disable and enable them, give them
/// other roles or another password.
///
/// There is always an active administrator: a change that would leave none is refused. Every method
/// throws [io.portfoliostream.server.ledger.LedgerUnavailable] while the database cannot be
/// reached.
public final class UserAdmin {
  /// The role of administrators.
  public static final String ADMIN = "admin";

  /// The role of everybody else.
  public static final String USER = "user";

  /// One that answers whether it contains null: lists of clients may.
  private static final Set<String> ROLES = new HashSet<>(Set.of(USER, ADMIN));

  private final Jdbi database;
  private final Users users;
  private final Passwords passwords;
  private final InstantSource clock;

  /// The users in `database`.
  public UserAdmin(Jdbi database, Users users, Passwords passwords, InstantSource clock) {
    this.database = database;
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
  }

  /// A user, with what administrators are told besides.
  public record Account(User user, Instant createdAt) {}

  /// What shall become of a user; what is absent stays as it is.
  ///
  /// @param password a new one, or absent
  /// @param reset whether a new password is to be generated
  public record Change(
      @Nullable Boolean disabled,
      @Nullable Set<String> roles,
      @Nullable String password,
      boolean reset) {
    @Override
    public String toString() {
      return "Change[disabled=" + disabled + ", roles=" + roles + ", reset=" + reset + "]";
    }
  }

  /// What came of it.
  public sealed interface Result {
    /// Done.
    ///
    /// @param generated the password that was generated, to be told once
    /// @param ended the user's sessions that are no more
    record Done(Account account, @Nullable String generated, List<String> ended) implements Result {
      @Override
      public String toString() {
        return "Done[" + account + "]";
      }
    }

    /// The fields at fault.
    record Invalid(List<FieldError> errors) implements Result {}

    /// The name is taken.
    record Taken() implements Result {}

    /// There is no such user.
    record Unknown() implements Result {}

    /// Nobody would be left who can administrate.
    record LastAdmin() implements Result {}
  }

  /// Users by name, from the first one after `after`.
  public List<Account> list(String after, int limit) {
    return Reachable.call(
        "list users",
        () ->
            database.withHandle(handle ->
                handle
                    .createQuery(
                        "select * from app_user where username > :after order by username"
                            + " limit :limit")
                    .bind("after", after)
                    .bind("limit", limit)
                    .map((row, _) -> account(row))
                    .list()));
  }

  /// Makes a user.
  ///
  /// @param password absent for one that is generated
  public Result create(String username, @Nullable String password, Set<String> roles) {
    var errors = new ArrayList<FieldError>();
    Users.flaw(username).ifPresent(flaw -> errors.add(new FieldError("username", flaw)));
    checkRoles(roles, errors);
    checkPassword(password, username, errors);
    if (!errors.isEmpty()) {
      return new Result.Invalid(errors);
    }
    var generated = password == null ? passwords.generate() : null;
    var chosen = password == null ? String.valueOf(generated) : password;
    var made = users.create(username, chosen, roles);
    return made.isEmpty()
        ? new Result.Taken()
        : new Result.Done(find(made.get().id()).orElseThrow(), generated, List.of());
  }

  /// Changes a user. One who is disabled or gets another password loses all sessions.
  public Result change(UserId id, Change change) {
    var known = find(id);
    if (known.isEmpty()) {
      return new Result.Unknown();
    }
    var errors = new ArrayList<FieldError>();
    if (change.roles() != null) {
      checkRoles(change.roles(), errors);
    }
    checkPassword(change.password(), known.get().user().username(), errors);
    if (change.password() != null && change.reset()) {
      errors.add(new FieldError("resetPassword", "does not go together with a password"));
    }
    if (!errors.isEmpty()) {
      return new Result.Invalid(errors);
    }
    var generated = change.reset() ? passwords.generate() : null;
    var next = generated == null ? change.password() : generated;
    var hash = next == null ? null : passwords.hash(next);
    return Reachable.call(
        "change a user",
        () ->
            database.inTransaction(
                handle -> apply(handle, id, new Decided(change, hash, generated))));
  }

  /// A user, where there is one.
  public Optional<Account> find(UserId id) {
    return Reachable.call(
        "find a user",
        () ->
            database.withHandle(handle ->
                handle
                    .createQuery("select * from app_user where id = :id")
                    .bind("id", id.value())
                    .map((row, _) -> account(row))
                    .findOne()));
  }

  /// A change whose password is hashed.
  private record Decided(Change change, @Nullable String hash, @Nullable String generated) {
    boolean isDisabled(User user) {
      return change.disabled() == null ? user.disabled() : change.disabled();
    }

    Set<String> roles(User user) {
      return change.roles() == null ? user.roles() : change.roles();
    }

    boolean endsSessions(User user) {
      return hash != null || isDisabled(user);
    }

    boolean leavesAdmin(User user) {
      return !isDisabled(user) && roles(user).contains(ADMIN);
    }
  }

  private Result apply(Handle handle, UserId id, Decided decided) {
    var locked = lock(handle, id);
    var found = locked.stream().filter(each -> each.user().id().equals(id)).findFirst();
    if (found.isEmpty()) {
      return new Result.Unknown();
    }
    var user = found.get().user();
    if (isActiveAdmin(user) && !decided.leavesAdmin(user) && isAlone(user, locked)) {
      return new Result.LastAdmin();
    }
    var changed = new User(id, user.username(), decided.roles(user), decided.isDisabled(user));
    update(handle, changed, decided.hash());
    var ended =
        decided.endsSessions(user)
            ? Sessions.revokeAll(handle, id, null, clock.instant())
            : List.<String>of();
    return new Result.Done(
        new Account(changed, found.get().createdAt()), decided.generated(), ended);
  }

  /// Locks a user and all active administrators, so that no two changes can take the last of them
  /// away together.
  private static List<Account> lock(Handle handle, UserId id) {
    return handle
        .createQuery(
            """
            select * from app_user where id = :id or ('admin' = any(roles) and not disabled)
            order by id for update
            """)
        .bind("id", id.value())
        .map((row, _) -> account(row))
        .list();
  }

  private static boolean isActiveAdmin(User user) {
    return !user.disabled() && user.roles().contains(ADMIN);
  }

  private static boolean isAlone(User admin, List<Account> locked) {
    return locked.stream()
        .map(Account::user)
        .filter(UserAdmin::isActiveAdmin)
        .allMatch(other -> other.id().equals(admin.id()));
  }

  private static void update(Handle handle, User user, @Nullable String hash) {
    handle
        .createUpdate(
            """
            update app_user set disabled = :disabled, roles = :roles,
              password_hash = coalesce(:hash, password_hash)
            where id = :id
            """)
        .bind("disabled", user.disabled())
        .bindArray("roles", String.class, user.roles().toArray())
        .bind("hash", hash)
        .bind("id", user.id().value())
        .execute();
  }

  private static void checkRoles(Set<String> roles, List<FieldError> errors) {
    if (roles.isEmpty() || !ROLES.containsAll(roles)) {
      errors.add(new FieldError("roles", "must be one or both of " + USER + ", " + ADMIN));
    }
  }

  private static void checkPassword(
      @Nullable String password, String username, List<FieldError> errors) {
    if (password != null) {
      PasswordRules.flaw(password, username)
          .ifPresent(flaw -> errors.add(new FieldError("password", flaw)));
    }
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(Users.user(row), Columns.instant(row, "created_at"));
  }
}
