package io.portfoliostream.server.orders;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The durable work queue: jobs are claimed under a lease, and finished only by who holds it.
///
/// A worker that was paused past its lease finds that its job has another owner or another attempt,
/// and can finish nothing. Safe for any number of nodes.
public final class JobQueue {
  private static final String SUBMIT = "order_submit";

  private final Jdbi jdbi;
  private final String owner;
  private final Duration lease;

  /// Creates the queue's end on this node.
  ///
  /// @param owner names this node's present run
  /// @param lease how long a claimed job belongs to its worker
  public JobQueue(DataSource dataSource, String owner, Duration lease) {
    this.jdbi = Jdbi.create(dataSource);
    this.owner = owner;
    this.lease = lease;
  }

  /// Enqueues the submission of an order, in the transaction that books it.
  static void enqueueSubmission(Books books, String orderId) {
    books
        .handle()
        .createUpdate(
            "insert into job (user_id, kind, dedupe, order_id)"
                + " values (:user, :kind, :order, :order)")
        .bind("user", books.user().value())
        .bind("kind", SUBMIT)
        .bind("order", orderId)
        .execute();
  }

  /// Ends the leases of earlier runs of `node`, which are dead: what they had claimed is due at
  /// once. A run that is not dead after all fails at the fence.
  ///
  /// @param node what the owner's name begins with, up to the colon
  public void takeOver(String node) {
    Reachable.call(
        "take over jobs of earlier runs",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createUpdate(
                        """
                        update job set lease_until = now() where state = 'running'
                          and starts_with(lease_owner, :node) and lease_owner <> :owner
                        """)
                    .bind("node", node + ":")
                    .bind("owner", owner)
                    .execute()));
  }

  /// Claims up to `limit` jobs that are due, those whose lease ran out included.
  List<Job> claim(int limit) {
    return Reachable.call(
        "claim jobs",
        () ->
            jdbi.inTransaction(handle ->
                handle
                    .createQuery(
                        """
                        update job j set state = 'running', attempts = attempts + 1,
                          lease_owner = :owner,
                          lease_until = now() + make_interval(secs => :lease)
                        from (select id from job
                          where kind = :kind and ((state = 'ready' and run_at <= now())
                            or (state = 'running' and lease_until < now()))
                          order by run_at, id limit :limit for update skip locked) due
                        where j.id = due.id returning j.*
                        """)
                    .bind("owner", owner)
                    .bind("lease", lease.toSeconds())
                    .bind("kind", SUBMIT)
                    .bind("limit", limit)
                    .map((row, _) ->
                        new Job(
                            row.getLong("id"),
                            new UserId(Columns.text(row, "user_id")),
                            Columns.text(row, "order_id"),
                            row.getInt("attempts")))
                    .list()));
  }

  /// Ends a job in the caller's transaction.
  ///
  /// @param state `done` or `failed`
  /// @throws LostLease when the job is no longer ours: the transaction must not commit
  void finish(Handle handle, Job job, String state) {
    var finished =
        handle
            .createUpdate(
                """
                update job set state = :state, finished_at = now(), lease_owner = null
                where id = :id and lease_owner = :owner and attempts = :attempts
                """)
            .bind("state", state)
            .bind("id", job.id())
            .bind("owner", owner)
            .bind("attempts", job.attempts())
            .execute();
    if (finished == 0) {
      throw new LostLease(job.id());
    }
  }

  /// Ends a job on its own.
  void finish(Job job, String state) {
    Reachable.call(
        "finish a job",
        () ->
            jdbi.inTransaction(handle -> {
              finish(handle, job, state);
              return job;
            }));
  }

  /// Gives a job back, to be claimed again after a pause.
  void retry(Job job, Duration pause, String error) {
    Reachable.call(
        "give a job back",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createUpdate(
                        """
                        update job set state = 'ready', lease_owner = null,
                          run_at = now() + make_interval(secs => :pause), last_error = :error
                        where id = :id and lease_owner = :owner and attempts = :attempts
                        """)
                    .bind("pause", pause.toMillis() / 1000.0)
                    .bind("error", error)
                    .bind("id", job.id())
                    .bind("owner", owner)
                    .bind("attempts", job.attempts())
                    .execute()));
  }

  /// How much waits.
  ///
  /// @param oldestSeconds age of the oldest unfinished job
  public record Depth(long waiting, long failed, long oldestSeconds) {}

  /// How much waits now.
  public Depth depth() {
    return Reachable.call(
        "measure the queue",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        """
                        select count(*) filter (where state in ('ready', 'running')) waiting,
                          count(*) filter (where state = 'failed') failed,
                          coalesce(extract(epoch from now() - min(created_at)
                            filter (where state in ('ready', 'running'))), 0)::bigint oldest
                        from job
                        """)
                    .map((row, _) ->
                        new Depth(
                            row.getLong("waiting"), row.getLong("failed"), row.getLong("oldest")))
                    .one()));
  }
}
