package io.portfoliostream.server.ledger;

import io.portfoliostream.server.portfolio.UserId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// What brokers told in words that we do not know, as it came: to be read by a person.
public final class UnknownEvents {
  private static final int MAX_CHARACTERS = 64 * 1024;

  private final Jdbi jdbi;
  private final InstantSource clock;

  /// Creates the store on a migrated database.
  public UnknownEvents(DataSource dataSource, InstantSource clock) {
    this.jdbi = Jdbi.create(dataSource);
    this.clock = clock;
  }

  /// Keeps a message.
  ///
  /// @throws LedgerUnavailable while the database cannot be reached
  public void keep(UserId user, String problem, String raw) {
    // PostgreSQL's text holds no NUL.
    var text = raw.substring(0, Math.min(raw.length(), MAX_CHARACTERS)).replace("\0", "\\0");
    Reachable.call(
        "keep an unknown event",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createUpdate(
                        "insert into unknown_event (user_id, received_at, problem, raw)"
                            + " values (:user, :at, :problem, :raw)")
                    .bind("user", user.value())
                    .bind("at", Timestamp.from(clock.instant()))
                    .bind("problem", problem)
                    .bind("raw", text)
                    .execute()));
  }

  /// Forgets messages older than `age`.
  ///
  /// @return how many
  public int forgetOlderThan(Duration age) {
    var before = Timestamp.from(clock.instant().minus(age));
    return Reachable.call(
        "forget unknown events",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createUpdate("delete from unknown_event where received_at < :before")
                    .bind("before", before)
                    .execute()));
  }
}
