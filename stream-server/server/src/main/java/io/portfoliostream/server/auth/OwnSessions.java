package io.portfoliostream.server.auth;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// A user's sessions, as that user sees them: by public names, which open nothing.
///
/// Every method throws [io.portfoliostream.server.ledger.LedgerUnavailable] while the database
/// cannot be reached.
public final class OwnSessions {
  private static final int MOST = 200;

  private final Jdbi database;
  private final InstantSource clock;
  private final Sessions.Rules rules;

  /// The sessions in `database`.
  public OwnSessions(Jdbi database, InstantSource clock, Sessions.Rules rules) {
    this.database = database;
    this.clock = clock;
    this.rules = rules;
  }

  /// A session that goes on.
  ///
  /// @param publicId names it to its user
  /// @param id names it inside the server
  public record Own(
      String publicId,
      String id,
      Instant since,
      Instant lastSeenAt,
      @Nullable String address,
      @Nullable String agent) {}

  /// A user's live sessions, the last used ones first.
  public List<Own> of(UserId user) {
    var now = clock.instant();
    return Reachable.call(
        "list sessions",
        () ->
            database.withHandle(handle ->
                handle
                    .createQuery(
                        "select s.* "
                            + Sessions.LIVE
                            + " and s.user_id = :user"
                            + " order by s.last_seen_at desc, s.created_at desc, s.id limit :most")
                    .bind("now", now)
                    .bind("idleSince", now.minus(rules.idle()))
                    .bind("user", user.value())
                    .bind("most", MOST)
                    .map((row, _) -> own(row))
                    .list()));
  }

  /// Ends one of a user's sessions.
  ///
  /// @return its inner name; empty when the user has no such live session
  public Optional<String> end(UserId user, String publicId) {
    return Reachable.call(
        "end a session",
        () ->
            database.withHandle(handle ->
                handle
                    .createQuery(
                        """
                        update session set revoked_at = :now
                        where user_id = :user and public_id = :id and revoked_at is null
                          and expires_at > :now
                        returning id
                        """)
                    .bind("now", clock.instant())
                    .bind("user", user.value())
                    .bind("id", publicId)
                    .mapTo(String.class)
                    .findOne()));
  }

  private static Own own(ResultSet row) throws SQLException {
    return new Own(
        Columns.text(row, "public_id"),
        Columns.text(row, "id"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "last_seen_at"),
        row.getString("address"),
        row.getString("agent"));
  }
}
