package io.portfoliostream.server.auth;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/// The users in the database. Names are compared without regard to case.
///
/// Every method throws [io.portfoliostream.server.ledger.LedgerUnavailable] while the database
/// cannot be reached.
public final class Users {
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");
  private static final int ID_BYTES = 12;

  private static final String INSERT =
      """
      insert into app_user (id, username, password_hash, roles, created_at)
      values (:id, :username, :hash, :roles, :now)
      on conflict (username) do nothing
      """;

  private static final String BY_NAME =
      "select id, username, roles, disabled, password_hash from app_user where username ="
          + " :username";

  private final Jdbi database;
  private final Passwords passwords;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// Users of `database`.
  public Users(Jdbi database, Passwords passwords, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.passwords = passwords;
    this.clock = clock;
    this.random = random;
  }

  /// A user with the hash of their password.
  record Stored(User user, String passwordHash) {
    @Override
    public String toString() {
      return "Stored[" + user + "]";
    }
  }

  /// Adds a user; empty when the name is taken.
  ///
  /// @throws IllegalArgumentException when the name or the password cannot be one
  public Optional<User> create(String username, String password, Set<String> roles) {
    var name = valid(username);
    if (password.isEmpty() || password.length() > Passwords.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a password must have 1 to " + Passwords.MAX_LENGTH + " characters");
    }
    return insert(name, passwords.hash(password), roles);
  }

  private Optional<User> insert(String name, String hash, Set<String> roles) {
    var user = new User(new UserId(newId()), name, roles, false);
    var added =
        Reachable.call(
            "add a user",
            () ->
                database.withHandle(handle ->
                    handle
                        .createUpdate(INSERT)
                        .bind("id", user.id().value())
                        .bind("username", name)
                        .bind("hash", hash)
                        .bindArray("roles", String.class, user.roles().toArray())
                        .bind("now", clock.instant())
                        .execute()));
    return added == 1 ? Optional.of(user) : Optional.empty();
  }

  /// Finds a user by name.
  public Optional<User> find(String username) {
    return stored(username).map(Stored::user);
  }

  /// Finds a user, or adds one; a user who is there already stays as they are, password included.
  public User ensure(String username, String password, Set<String> roles) {
    return find(username)
        .or(() -> create(username, password, roles))
        .or(() -> find(username))
        .orElseThrow(() -> new IllegalStateException("user vanished: " + username));
  }

  /// Finds or adds many users with one password, which is hashed once; they are returned in the
  /// order of `usernames`.
  public List<User> ensureAll(List<String> usernames, String password, Set<String> roles) {
    var hash = usernames.isEmpty() ? "" : passwords.hash(password);
    return usernames.stream()
        .map(name ->
            find(name)
                .or(() -> insert(valid(name), hash, roles))
                .orElseThrow(() -> new IllegalStateException("user vanished: " + name)))
        .toList();
  }

  Optional<Stored> stored(String username) {
    var name = username.toLowerCase(Locale.ROOT);
    if (!USERNAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return Reachable.call(
        "find a user",
        () ->
            database.withHandle(handle ->
                handle
                    .createQuery(BY_NAME)
                    .bind("username", name)
                    .map((row, _) -> stored(row))
                    .findOne()));
  }

  /// Reads the columns id, username, roles and disabled.
  static User user(ResultSet row) throws SQLException {
    var roles = (String[]) requireNonNull(row.getArray("roles"), "roles").getArray();
    return new User(
        new UserId(Columns.text(row, "id")),
        Columns.text(row, "username"),
        Set.copyOf(List.of(roles)),
        row.getBoolean("disabled"));
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(user(row), Columns.text(row, "password_hash"));
  }

  private static String valid(String username) {
    flaw(username)
        .ifPresent(flaw -> {
          throw new IllegalArgumentException("a user name " + flaw);
        });
    return username.toLowerCase(Locale.ROOT);
  }

  /// What is wrong with a name; empty when nothing is.
  static Optional<String> flaw(String username) {
    return USERNAME.matcher(username.toLowerCase(Locale.ROOT)).matches()
        ? Optional.empty()
        : Optional.of(
            "must have 1 to 64 letters, digits or . _ @ + - and begin with one of the first two");
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "u_" + HexFormat.of().formatHex(bytes);
  }
}
