package io.portfoliostream.server.ledger;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.portfolio.Mark;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The last known prices at rest, so that a restart does not begin without any; each with the time
/// at which it was traded, so that it looks as old as it is.
public final class SavedMarks {
  private final Jdbi jdbi;

  /// Prices in a migrated database.
  public SavedMarks(DataSource dataSource) {
    this.jdbi = Jdbi.create(dataSource);
  }

  /// Reads all.
  ///
  /// @param now what they count as received at
  public List<Mark> load(Instant now) {
    return Reachable.call(
        "read saved prices",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery("select symbol, price, traded_at from mark")
                    .map((row, _) ->
                        new Mark(
                            Columns.text(row, "symbol"),
                            Columns.decimal(row, "price"),
                            Columns.instant(row, "traded_at"),
                            now))
                    .list()));
  }

  /// Saves `marks`, each unless a later one is saved already.
  public void save(Collection<Mark> marks) {
    if (marks.isEmpty()) {
      return;
    }
    Reachable.call(
        "save prices",
        () ->
            jdbi.inTransaction(handle -> {
              var batch =
                  handle.prepareBatch(
                      """
                      insert into mark (symbol, price, traded_at) values (:symbol, :price, :at)
                      on conflict (symbol) do update set price = excluded.price,
                        traded_at = excluded.traded_at
                      where mark.traded_at < excluded.traded_at
                      """);
              for (var mark : marks) {
                batch
                    .bind("symbol", mark.symbol())
                    .bind("price", mark.price())
                    .bind("at", Timestamp.from(mark.tradedAt()))
                    .add();
              }
              return batch.execute();
            }));
  }
}
