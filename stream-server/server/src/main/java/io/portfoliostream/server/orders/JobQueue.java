package io.portfoliostream.server.orders;

import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The durable work queue: jobs are claimed under a lease, and finished only by who holds it.
///
/// Jobs of one lane are done one after the other, in the order of their making: a cancellation
/// waits for the submission of its order. A worker that was paused past its lease finds that its
/// job has another owner or another attempt, and can finish nothing. Safe for any number of nodes.
public final class JobQueue {
  private static final String FINISH =
      """
      update job set state = ?, finished_at = now(), lease_owner = null
      where id = ? and lease_owner = ? and attempts = ?
      """;

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

  /// Enqueues a job for an order, in the transaction that books what the job follows from.
  ///
  /// @param lane what the job stands in line with
  static void enqueue(Books books, JobKind kind, String orderId, String lane) {
    books.store(
        """
        insert into job (user_id, kind, dedupe, order_id, lane)
        values (?, ?, ? || '/' || (select count(*) from job where order_id = ? and kind = ?), ?, ?)
        """,
        books.user().value(),
        kind.stored(),
        orderId,
        orderId,
        kind.stored(),
        orderId,
        lane);
  }

  /// Takes back the submission of an order that no worker has touched.
  ///
  /// @return whether that was so: the order is not at the broker and will not be
  static boolean withdraw(Books books, String orderId) {
    var withdrawn =
        books
            .handle()
            .createUpdate(
                """
                update job set state = 'withdrawn', finished_at = now()
                where order_id = :order and kind in ('order_submit', 'order_replace')
                  and state = 'ready' and attempts = 0
                """)
            .bind("order", orderId)
            .execute();
    return withdrawn > 0;
  }

  /// Whether a job of a kind is still to be done for an order.
  static boolean isEnqueued(Books books, JobKind kind, String orderId) {
    return books
        .handle()
        .createQuery(
            """
            select exists (select 1 from job where order_id = :order and kind = :kind
              and state in ('ready', 'running'))
            """)
        .bind("order", orderId)
        .bind("kind", kind.stored())
        .mapTo(Boolean.class)
        .one();
  }

  /// The lane that an order's jobs stand in: that of the first order in a chain of replacements.
  static String lane(Books books, String orderId) {
    return books
        .handle()
        .createQuery("select lane from job where order_id = :order order by id limit 1")
        .bind("order", orderId)
        .mapTo(String.class)
        .findOne()
        .orElse(orderId);
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

  /// Claims up to `limit` jobs that are due and first in their lane, those whose lease ran out
  /// included.
  ///
  /// The first of a lane is asked for per job: a join would read the whole queue for each claim.
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
                        from (select d.id from job d
                          where d.state in ('ready', 'running')
                            and d.run_at <= now()
                            and (d.state = 'ready' or d.lease_until < now())
                            and d.id = (select min(e.id) from job e
                              where e.lane = d.lane and e.state in ('ready', 'running'))
                          order by d.run_at, d.id limit :limit for update skip locked) due
                        where j.id = due.id returning j.*
                        """)
                    .bind("owner", owner)
                    .bind("lease", lease.toSeconds())
                    .bind("limit", limit)
                    .map((row, _) ->
                        new Job(
                            row.getLong("id"),
                            new UserId(Columns.text(row, "user_id")),
                            JobKind.of(Columns.text(row, "kind")),
                            Columns.text(row, "order_id"),
                            row.getInt("attempts")))
                    .list()));
  }

  /// Ends a job in the transaction of a booking.
  ///
  /// @param state `done` or `failed`
  /// @throws LostLease at the end of the booking, which is not committed then, when the job is no
  ///   longer ours
  void finish(Books books, Job job, String state) {
    books.storeOrThrow(
        () -> new LostLease(job.id()), FINISH, state, job.id(), owner, job.attempts());
  }

  /// Ends a job on its own.
  ///
  /// @throws LostLease when the job is no longer ours
  void finish(Job job, String state) {
    var finished =
        Reachable.call(
            "finish a job",
            () ->
                jdbi.withHandle(
                    handle -> handle.execute(FINISH, state, job.id(), owner, job.attempts())));
    if (finished == 0) {
      throw new LostLease(job.id());
    }
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

  /// Forgets jobs that ended well longer than `age` ago; failed ones stay.
  public int forgetOlderThan(Duration age) {
    return Reachable.call(
        "forget jobs",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createUpdate(
                        """
                        delete from job where state in ('done', 'withdrawn')
                          and finished_at < now() - make_interval(secs => :age)
                        """)
                    .bind("age", age.toSeconds())
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
                        select count(*) waiting,
                          (select count(*) from job where state = 'failed') failed,
                          coalesce(extract(epoch from now() - min(created_at)), 0)::bigint oldest
                        from job where state in ('ready', 'running')
                        """)
                    .map((row, _) ->
                        new Depth(
                            row.getLong("waiting"), row.getLong("failed"), row.getLong("oldest")))
                    .one()));
  }
}
