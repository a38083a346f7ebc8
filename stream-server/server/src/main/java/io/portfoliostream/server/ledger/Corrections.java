package io.portfoliostream.server.ledger;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The list of all corrections. Reads throw [LedgerUnavailable] while the database cannot be
/// reached.
public final class Corrections {
  private final Jdbi jdbi;

  /// Creates the list on a migrated database.
  public Corrections(DataSource dataSource) {
    this.jdbi = Jdbi.create(dataSource);
  }

  /// Whose portfolio was corrected.
  public record Corrected(UserId user, Correction correction) {}

  /// How often something was different, for a cause.
  public record Count(String kind, String cause, boolean isDrift, long count) {}

  /// Adds to the list in the transaction that corrects.
  public static void record(Books books, Correction correction) {
    books
        .handle()
        .createUpdate(
            """
            insert into correction (user_id, seq, kind, subject, was, became, cause, is_drift,
              booked_at)
            values (:user, :seq, :kind, :subject, :was, :became, :cause, :drift, :at)
            on conflict do nothing
            """)
        .bind("user", books.user().value())
        .bind("seq", correction.seq())
        .bind("kind", correction.kind())
        .bind("subject", correction.subject())
        .bind("was", correction.was())
        .bind("became", correction.became())
        .bind("cause", correction.cause())
        .bind("drift", correction.isDrift())
        .bind("at", Timestamp.from(correction.bookedAt()))
        .execute();
  }

  /// A user's corrections, newest first.
  ///
  /// @param beforeSeq only those before an event
  public List<Correction> of(UserId user, long beforeSeq, int limit) {
    return Reachable.call(
        "read corrections of " + user,
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        """
                        select * from correction where user_id = :user and seq < :before
                        order by seq desc, kind, subject limit :limit
                        """)
                    .bind("user", user.value())
                    .bind("before", beforeSeq)
                    .bind("limit", limit)
                    .map((row, _) -> read(row))
                    .list()));
  }

  /// Everyone's corrections, newest first.
  public List<Corrected> newest(int limit) {
    return Reachable.call(
        "read corrections",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        "select * from correction order by booked_at desc, user_id, seq desc"
                            + " limit :limit")
                    .bind("limit", limit)
                    .map((row, _) ->
                        new Corrected(new UserId(Columns.text(row, "user_id")), read(row)))
                    .list()));
  }

  /// How many corrections of each kind and cause there are.
  public List<Count> counts() {
    return Reachable.call(
        "count corrections",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        """
                        select kind, cause, is_drift, count(*) as times from correction
                        group by kind, cause, is_drift order by kind, cause
                        """)
                    .map((row, _) ->
                        new Count(
                            Columns.text(row, "kind"),
                            Columns.text(row, "cause"),
                            row.getBoolean("is_drift"),
                            row.getLong("times")))
                    .list()));
  }

  private static Correction read(ResultSet row) throws SQLException {
    return new Correction(
        row.getLong("seq"),
        Columns.text(row, "kind"),
        Columns.text(row, "subject"),
        row.getString("was"),
        row.getString("became"),
        Columns.text(row, "cause"),
        row.getBoolean("is_drift"),
        Columns.instant(row, "booked_at"));
  }
}
