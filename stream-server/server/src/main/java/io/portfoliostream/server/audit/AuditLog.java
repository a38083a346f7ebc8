package io.portfoliostream.server.audit;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.Reachable;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The audit log: a table, and a logger of its own, `io.portfoliostream.audit`, which has the same
/// even while the database cannot be reached.
///
/// Safe for any number of threads.
public final class AuditLog {
  private static final System.Logger LOG = System.getLogger("io.portfoliostream.audit");

  private static final String INSERT =
      """
      insert into audit_event (at, action, actor, actor_name, subject, detail, address)
      values (:at, :action, :actor, :name, :subject, :detail, :address)
      on conflict do nothing
      """;

  private final Jdbi database;
  private final InstantSource clock;

  /// The log in `database`.
  public AuditLog(Jdbi database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// An entry of the log.
  public record Recorded(
      long id,
      Instant at,
      String action,
      @Nullable String actor,
      @Nullable String actorName,
      @Nullable String subject,
      @Nullable String detail,
      @Nullable String address) {}

  /// Notes what was done. It is done already, so that a database which is away by now fails
  /// nothing: the logger has the entry, and tells that the table has it not.
  public void record(AuditEntry entry) {
    LOG.log(Level.INFO, () -> line(entry));
    try {
      var _ =
          Reachable.call(
              "note an audit event",
              () ->
                  database.withHandle(handle -> {
                    var actor = entry.actor();
                    return handle
                        .createUpdate(INSERT)
                        .bind("at", clock.instant())
                        .bind("action", entry.action().wireName())
                        .bind("actor", actor == null ? null : actor.userId())
                        .bind("name", actor == null ? null : actor.username())
                        .bind("subject", entry.subject())
                        .bind("detail", entry.detail())
                        .bind("address", entry.address())
                        .execute();
                  }));
    } catch (LedgerUnavailable e) {
      LOG.log(Level.WARNING, "the last entry is missing in the table: {0}", e.getMessage());
    }
  }

  /// The newest entries, newest first.
  ///
  /// @param before only those with a smaller id
  /// @throws LedgerUnavailable while the database cannot be reached
  public List<Recorded> read(long before, int limit) {
    return Reachable.call(
        "read the audit log",
        () ->
            database.withHandle(handle ->
                handle
                    .createQuery(
                        "select * from audit_event where id < :before order by id desc limit"
                            + " :limit")
                    .bind("before", before)
                    .bind("limit", limit)
                    .map((row, _) -> recorded(row))
                    .list()));
  }

  /// Forgets what is older than `age`; how many entries that were.
  public int forgetOlderThan(Duration age) {
    return Reachable.call(
        "forget audit events",
        () ->
            database.withHandle(handle ->
                handle
                    .createUpdate("delete from audit_event where at < :until")
                    .bind("until", clock.instant().minus(age))
                    .execute()));
  }

  private static Recorded recorded(ResultSet row) throws SQLException {
    return new Recorded(
        row.getLong("id"),
        Columns.instant(row, "at"),
        Columns.text(row, "action"),
        row.getString("actor"),
        row.getString("actor_name"),
        row.getString("subject"),
        row.getString("detail"),
        row.getString("address"));
  }

  private static String line(AuditEntry entry) {
    return entry.action().wireName()
        + who(entry)
        + part(" on ", entry.subject())
        + part(" from ", entry.address())
        + part(": ", entry.detail());
  }

  private static String who(AuditEntry entry) {
    var actor = entry.actor();
    if (actor == null) {
      return entry.address() == null ? " at the console" : " by somebody";
    }
    return " by " + actor.username() + " (" + actor.userId() + ")";
  }

  private static String part(String word, @Nullable String text) {
    return text == null ? "" : word + text;
  }
}
