package io.portfoliostream.server.orders;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.Submission;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Carries out one submission job: exactly one order at the broker, however often it is tried.
///
/// The client order id is the order's own identity, so the broker refuses a second one. A job that
/// was tried before, or whose outcome is unknown, first asks the broker for that id. No transaction
/// is open during a call to the broker; the answer is booked and the job ended in one.
final class SubmitWorker {
  private static final System.Logger LOG = System.getLogger(SubmitWorker.class.getName());

  /// About a quarter of an hour of pauses.
  private static final int MAX_ATTEMPTS = 20;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  private final JobQueue queue;
  private final Ledger ledger;
  private final OrderBooking booking;
  private final Function<UserId, Optional<BrokerAccount>> accounts;
  private final Consumer<UserId> submitted;
  private final InstantSource clock;

  /// Creates the worker.
  ///
  /// @param accounts finds a user's broker account
  /// @param submitted hears whose order reached the broker
  SubmitWorker(
      JobQueue queue,
      Ledger ledger,
      OrderBooking booking,
      Function<UserId, Optional<BrokerAccount>> accounts,
      Consumer<UserId> submitted,
      InstantSource clock) {
    this.queue = queue;
    this.ledger = ledger;
    this.booking = booking;
    this.accounts = accounts;
    this.submitted = submitted;
    this.clock = clock;
  }

  /// Carries out a job. Whatever happens, it ends, is given back, or its lease runs out.
  void work(Job job) {
    try {
      var account = accounts.apply(job.user());
      if (account.isEmpty()) {
        fail(job, "no broker account is linked");
      } else {
        submit(job, account.get());
      }
    } catch (LostLease lost) {
      LOG.log(Level.WARNING, lost.getMessage());
    } catch (BrokerUnavailable | LedgerUnavailable e) {
      retry(job, pause(job), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "job " + job.id() + " of " + job.user() + " failed", e);
      retry(job, pause(job), e.getClass().getSimpleName());
    }
  }

  private void submit(Job job, BrokerAccount account) {
    var order = ledger.reads().order(job.user(), job.orderId());
    if (order.isEmpty() || order.get().brokerId() != null || !order.get().isOpen()) {
      queue.finish(job, "done");
      return;
    }
    if (job.attempts() > 1) {
      var arrived = account.orderByClientId(order.get().clientOrderId());
      if (arrived.isPresent()) {
        settle(job, arrived.get());
        return;
      }
    }
    answer(job, account.submit(order.get()));
  }

  private void answer(Job job, Submission submission) {
    switch (submission) {
      case Submission.Accepted(var report) -> settle(job, report);
      case Submission.Refused(var reason) -> end(job, Order.REJECTED, reason, "done");
      case Submission.NotSent(var cause, var retryAfter) ->
          notSent(job, longer(retryAfter, pause(job)), cause);
      case Submission.Unknown(var cause) -> retry(job, pause(job), cause);
    }
  }

  private void settle(Job job, OrderReport report) {
    ledger.book(
        job.user(),
        Cause.ORDER_ENTRY,
        clock.instant(),
        books -> {
          booking.bookOrder(books, report);
          queue.finish(books.handle(), job, "done");
        });
    submitted.accept(job.user());
  }

  /// Only an order that certainly never arrived may be given up.
  private void notSent(Job job, Duration pause, String cause) {
    if (job.attempts() >= MAX_ATTEMPTS) {
      fail(job, cause);
    } else {
      retry(job, pause, cause);
    }
  }

  private void retry(Job job, Duration pause, String cause) {
    try {
      queue.retry(job, pause, cause);
    } catch (LedgerUnavailable e) {
      LOG.log(Level.WARNING, "job " + job.id() + " waits for its lease to run out", e);
    }
  }

  private void fail(Job job, String reason) {
    LOG.log(Level.ERROR, "order {0} of {1} is given up: {2}", job.orderId(), job.user(), reason);
    try {
      end(job, Order.FAILED, reason, "failed");
    } catch (LostLease | LedgerUnavailable e) {
      LOG.log(Level.WARNING, "job " + job.id() + " waits for its lease to run out", e);
    }
  }

  private void end(Job job, String status, String reason, String jobState) {
    ledger.book(
        job.user(),
        Cause.ORDER_ENTRY,
        clock.instant(),
        books -> {
          endOrder(books, job.orderId(), status, reason);
          queue.finish(books.handle(), job, jobState);
        });
  }

  /// An order that the broker turned out to have is not ended by us.
  private static void endOrder(Books books, String orderId, String status, String reason) {
    books
        .order(orderId)
        .filter(order -> order.isOpen() && order.brokerId() == null)
        .ifPresent(
            order -> books.record(order.with(order.progress().ended(status, reason), books.now())));
  }

  private static Duration pause(Job job) {
    var doubled = SHORTEST_PAUSE.multipliedBy(1L << Math.min(job.attempts() - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
