package io.portfoliostream.server.rollout;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The roll-out in the database, one for all nodes. Throws
/// [io.portfoliostream.server.ledger.LedgerUnavailable] while the database cannot be reached.
public final class RolloutStore {
  private final Jdbi jdbi;

  /// The store in a migrated database.
  public RolloutStore(DataSource dataSource) {
    this.jdbi = Jdbi.create(dataSource);
  }

  RolloutState read() {
    return Reachable.call(
        "read the roll-out",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery("select * from realtime_rollout")
                    .map((row, _) -> state(row))
                    .one()));
  }

  RolloutState write(Rollout rollout, UserId by) {
    return Reachable.call(
        "store the roll-out",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        """
                        update realtime_rollout set enabled = :enabled, percent = :percent,
                          version = version + 1, changed_at = now(), changed_by = :by
                        returning *
                        """)
                    .bind("enabled", rollout.enabled())
                    .bind("percent", rollout.percent())
                    .bind("by", by.value())
                    .map((row, _) -> state(row))
                    .one()));
  }

  private static RolloutState state(ResultSet row) throws SQLException {
    return new RolloutState(
        new Rollout(row.getBoolean("enabled"), row.getInt("percent")),
        row.getLong("version"),
        Columns.instant(row, "changed_at"),
        row.getString("changed_by"));
  }
}
