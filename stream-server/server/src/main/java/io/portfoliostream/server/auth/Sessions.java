package io.portfoliostream.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.portfoliostream.server.auth.Users.Stored;
import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The sessions in the database. A session is named by the SHA-256 of its cookie; the cookie, 256
/// random bits, is stored nowhere.
///
/// An answer of [#find] may be up to 2 s old, but never misses what this node revoked. Every method
/// throws [io.portfoliostream.server.ledger.LedgerUnavailable] while the database cannot be
/// reached. Safe for any number of threads.
public final class Sessions {
  private static final int COOKIE_BYTES = 32;
  private static final int PUBLIC_ID_BYTES = 12;
  private static final int MAX_AGENT = 200;
  private static final Duration TOUCH_AT_MOST_EVERY = Duration.ofMinutes(1);

  private static final String INSERT =
      """
      insert into session (id, public_id, user_id, created_at, last_seen_at, expires_at, address,
        agent)
      values (:id, :public, :user, :now, :now, :expires, :address, :agent)
      """;

  /// The lock makes a change of the password, which ends sessions, wait for a session that is being
  /// opened by the old one.
  private static final String STILL_SO =
      """
      select id from app_user where id = :user and password_hash = :hash and not disabled for share
      """;

  /// Needs the bindings `now` and `idleSince`.
  static final String LIVE =
      """
      from session s join app_user u on u.id = s.user_id
      where s.revoked_at is null and s.expires_at > :now and s.last_seen_at > :idleSince
        and not u.disabled
      """;

  private static final String FIND =
      "select u.id, u.username, u.roles, u.disabled, s.last_seen_at " + LIVE + " and s.id = :id";

  private static final String VALID = "select s.id " + LIVE + " and s.id = any(:ids)";

  private static final String TOUCH =
      "update session set last_seen_at = :now where id = :id and last_seen_at < :now";

  private static final String REVOKE =
      "update session set revoked_at = :now where id = :id and revoked_at is null";

  private static final String REVOKE_ALL =
      """
      update session set revoked_at = :now
      where user_id = :user and id <> :kept and revoked_at is null and expires_at > :now
      returning id
      """;

  private final Jdbi database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Rules rules;
  private final SessionCache cache;

  /// Sessions of `database`.
  ///
  /// @param random must be unpredictable
  public Sessions(Jdbi database, InstantSource clock, RandomGenerator random, Rules rules) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.rules = rules;
    this.cache = new SessionCache(clock);
  }

  /// How long a session lasts.
  ///
  /// @param idle without being used
  /// @param life since its login
  public record Rules(Duration idle, Duration life) {}

  /// A new session.
  ///
  /// @param cookie known to the client only
  public record Opened(String cookie, Identity identity) {
    @Override
    public String toString() {
      return "Opened[" + identity + "]";
    }
  }

  /// How long a session lasts.
  public Rules rules() {
    return rules;
  }

  /// Begins a session of `user`.
  public Opened open(User user, @Nullable String address, @Nullable String agent) {
    return Reachable.call(
        "open a session",
        () -> database.withHandle(handle -> insert(handle, user, address, agent)));
  }

  /// Begins a session of a user whose password was judged; empty when it was changed, or the user
  /// disabled, in the meantime.
  Optional<Opened> open(Stored judged, @Nullable String address, @Nullable String agent) {
    return Reachable.call(
        "open a session",
        () ->
            database.inTransaction(handle ->
                handle
                    .createQuery(STILL_SO)
                    .bind("user", judged.user().id().value())
                    .bind("hash", judged.passwordHash())
                    .mapTo(String.class)
                    .findOne()
                    .map(_ -> insert(handle, judged.user(), address, agent))));
  }

  private Opened insert(
      Handle handle, User user, @Nullable String address, @Nullable String agent) {
    var cookie = newCookie();
    var id = id(cookie);
    var now = clock.instant();
    handle
        .createUpdate(INSERT)
        .bind("id", id)
        .bind("public", newPublicId())
        .bind("user", user.id().value())
        .bind("now", now)
        .bind("expires", now.plus(rules.life()))
        .bind("address", address)
        .bind("agent", shortened(agent))
        .execute();
    return new Opened(cookie, new Identity(user.id(), user.username(), user.roles(), id));
  }

  /// Finds the session of a cookie, if it is neither expired nor revoked, and notes that it is
  /// used.
  public Optional<Identity> find(String cookie) {
    var id = id(cookie);
    return cache.find(id, () -> read(id));
  }

  /// Which of these sessions are neither expired nor revoked, as the database has it now.
  public Set<String> stillValid(Set<String> sessionIds) {
    if (sessionIds.isEmpty()) {
      return Set.of();
    }
    var now = clock.instant();
    return Reachable.call(
        "check sessions",
        () ->
            database.withHandle(handle ->
                handle
                    .createQuery(VALID)
                    .bind("now", now)
                    .bind("idleSince", now.minus(rules.idle()))
                    .bindArray("ids", String.class, sessionIds.toArray())
                    .mapTo(String.class)
                    .collectIntoSet()));
  }

  /// Ends a session; whether it had not ended already.
  public boolean revoke(String sessionId) {
    try {
      return Reachable.call(
              "revoke a session",
              () ->
                  database.withHandle(handle ->
                      handle
                          .createUpdate(REVOKE)
                          .bind("now", clock.instant())
                          .bind("id", sessionId)
                          .execute()))
          == 1;
    } finally {
      cache.forget(sessionId);
    }
  }

  /// Ends the sessions of `user` in a transaction; the caller forgets them after its end.
  ///
  /// @param kept the one that goes on
  /// @return those that ended
  static List<String> revokeAll(Handle handle, UserId user, @Nullable String kept, Instant now) {
    return handle
        .createQuery(REVOKE_ALL)
        .bind("now", now)
        .bind("user", user.value())
        .bind("kept", kept == null ? "" : kept)
        .mapTo(String.class)
        .list();
  }

  /// Deletes the sessions that ended at least `age` ago; how many that were.
  public int forgetOlderThan(Duration age) {
    var until = clock.instant().minus(age);
    return Reachable.call(
        "forget sessions",
        () ->
            database.withHandle(handle ->
                handle
                    .createUpdate("delete from session where expires_at < :until")
                    .bind("until", until)
                    .execute()));
  }

  /// Drops what is remembered of a user, whose roles are others now.
  public void forget(UserId user) {
    cache.forget(user);
  }

  /// Drops what is remembered of a session that another node revoked.
  public void forget(String sessionId) {
    cache.forget(sessionId);
  }

  private Optional<Identity> read(String id) {
    var now = clock.instant();
    var found =
        Reachable.call(
            "find a session",
            () ->
                database.withHandle(handle ->
                    handle
                        .createQuery(FIND)
                        .bind("now", now)
                        .bind("idleSince", now.minus(rules.idle()))
                        .bind("id", id)
                        .map((row, _) -> seen(row))
                        .findOne()));
    found
        .filter(seen -> seen.at().plus(TOUCH_AT_MOST_EVERY).isBefore(now))
        .ifPresent(_ -> touch(id, now));
    return found
        .map(Seen::user)
        .map(user -> new Identity(user.id(), user.username(), user.roles(), id));
  }

  private record Seen(User user, Instant at) {}

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(Users.user(row), Columns.instant(row, "last_seen_at"));
  }

  private void touch(String id, Instant now) {
    var _ =
        Reachable.call(
            "note the use of a session",
            () ->
                database.withHandle(handle ->
                    handle.createUpdate(TOUCH).bind("now", now).bind("id", id).execute()));
  }

  private String newCookie() {
    var bytes = new byte[COOKIE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String newPublicId() {
    var bytes = new byte[PUBLIC_ID_BYTES];
    random.nextBytes(bytes);
    return "s_" + HexFormat.of().formatHex(bytes);
  }

  private static String id(String cookie) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(cookie.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static @Nullable String shortened(@Nullable String agent) {
    return agent == null || agent.length() <= MAX_AGENT ? agent : agent.substring(0, MAX_AGENT);
  }
}
