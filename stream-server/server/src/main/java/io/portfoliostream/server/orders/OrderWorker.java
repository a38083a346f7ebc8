package io.portfoliostream.server.orders;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.Cancellation;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Carries out one job: exactly one order at the broker, however often it is tried.
///
/// The client order id is the order's own identity, so the broker refuses a second one. A job that
/// was tried before, or whose outcome is unknown, first asks the broker for that id. No transaction
/// is open during a call to the broker; the answer is booked and the job ended in one.
final class OrderWorker {
  private static final System.Logger LOG = System.getLogger(OrderWorker.class.getName());

  /// About a quarter of an hour of pauses.
  private static final int MAX_ATTEMPTS = 20;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final String DONE = "done";
  private static final String FAILED = "failed";

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
  OrderWorker(
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
      var order = ledger.reads().order(job.user(), job.orderId());
      if (order.isEmpty() || !order.get().isOpen()) {
        queue.finish(job, DONE);
      } else if (account.isEmpty()) {
        notSent(job, pause(job), "no broker account is linked");
      } else {
        switch (job.kind()) {
          case SUBMIT -> submit(job, account.get(), order.get());
          case REPLACE -> replace(job, account.get(), order.get());
          case CANCEL -> cancel(job, account.get(), order.get());
        }
      }
    } catch (LostLease lost) {
      LOG.log(Level.WARNING, lost.getMessage());
    } catch (BrokerUnavailable | LedgerUnavailable e) {
      retry(job, pause(job), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "job " + job.id() + " of " + job.user() + " went wrong", e);
      poisoned(job, e.getClass().getSimpleName());
    }
  }

  private void submit(Job job, BrokerAccount account, Order order) {
    if (order.brokerId() != null) {
      queue.finish(job, DONE);
    } else if (!isSettled(job, account, order)) {
      answer(job, account, order, account.submit(order));
    }
  }

  /// The job of the order to replace is done, or this one would not have been claimed.
  private void replace(Job job, BrokerAccount account, Order order) {
    var replacedId = order.links().replaces();
    var replaced =
        replacedId == null ? Optional.<Order>empty() : ledger.reads().order(job.user(), replacedId);
    if (order.brokerId() != null) {
      queue.finish(job, DONE);
    } else if (isSettled(job, account, order)) {
      LOG.log(Level.DEBUG, "order {0} had replaced its predecessor already", order.id());
    } else if (replaced.isEmpty() || !replaced.get().isOpen()) {
      var status = replaced.map(known -> known.progress().status()).orElse("unknown");
      end(job, Order.REJECTED, "the order to replace is " + status + " already", DONE);
    } else {
      var brokerId = replaced.get().brokerId();
      if (brokerId == null) {
        notSent(job, pause(job), "the order to replace is not at the broker");
      } else {
        var submission = account.replace(brokerId, replaced.get().terms(), order);
        answer(job, account, order, submission);
      }
    }
  }

  private void cancel(Job job, BrokerAccount account, Order order) {
    var brokerId = order.brokerId();
    if (brokerId == null) {
      notSent(job, pause(job), "the order to cancel is not at the broker");
      return;
    }
    switch (account.cancel(brokerId)) {
      case Cancellation.Requested _ -> {
        queue.finish(job, DONE);
        submitted.accept(job.user());
      }
      case Cancellation.TooLate(var reason) -> canceledTooLate(job, account, brokerId, reason);
      case Cancellation.Unknown(var cause, var retryAfter) ->
          notSent(job, longer(retryAfter, pause(job)), cause);
    }
  }

  /// The broker knows why: the order as it stands now is booked along.
  private void canceledTooLate(Job job, BrokerAccount account, String brokerId, String reason) {
    var now = account.order(brokerId);
    ledger.book(
        job.user(),
        Cause.ORDER_ENTRY,
        clock.instant(),
        books -> {
          now.ifPresent(report -> booking.bookOrder(books, report));
          note(books, job, "not canceled: " + reason);
          queue.finish(books, job, DONE);
        });
    submitted.accept(job.user());
  }

  private boolean isSettled(Job job, BrokerAccount account, Order order) {
    if (job.attempts() == 1) {
      return false;
    }
    var arrived = account.orderByClientId(order.clientOrderId());
    arrived.ifPresent(report -> settle(job, List.of(report)));
    return arrived.isPresent();
  }

  private void answer(Job job, BrokerAccount account, Order order, Submission submission) {
    switch (submission) {
      case Submission.Accepted(var reports) -> settle(job, reports);
      case Submission.Refused(var reason) -> end(job, Order.REJECTED, reason, DONE);
      case Submission.Doubtful(var reason) ->
          account
              .orderByClientId(order.clientOrderId())
              .ifPresentOrElse(
                  report -> settle(job, List.of(report)),
                  () -> end(job, Order.REJECTED, reason, DONE));
      case Submission.NotSent(var cause, var retryAfter) ->
          notSent(job, longer(retryAfter, pause(job)), cause);
      case Submission.Unknown(var cause) -> retry(job, pause(job), cause);
    }
  }

  private void settle(Job job, List<OrderReport> reports) {
    ledger.book(
        job.user(),
        Cause.ORDER_ENTRY,
        clock.instant(),
        books -> {
          reports.forEach(report -> booking.bookOrder(books, report));
          queue.finish(books, job, DONE);
        });
    submitted.accept(job.user());
  }

  /// Only what certainly never arrived may be given up.
  private void notSent(Job job, Duration pause, String cause) {
    if (job.attempts() >= MAX_ATTEMPTS) {
      giveUp(job, cause);
    } else {
      retry(job, pause, cause);
    }
  }

  private void giveUp(Job job, String reason) {
    LOG.log(Level.ERROR, "{0} of {1} is given up: {2}", job.kind(), job.orderId(), reason);
    if (job.kind() == JobKind.CANCEL) {
      fail(job, books -> note(books, job, "not canceled: " + reason));
    } else {
      fail(job, books -> endOrder(books, job, Order.FAILED, reason));
    }
  }

  /// A job that we cannot carry out, by a fault of ours. Whether its order arrived is not known, so
  /// it stays open with a remark; a comparison with the broker books it when it did.
  private void poisoned(Job job, String fault) {
    if (job.attempts() < MAX_ATTEMPTS) {
      retry(job, pause(job), fault);
    } else {
      LOG.log(Level.ERROR, "{0} of {1} is given up: {2}", job.kind(), job.orderId(), fault);
      fail(job, books -> note(books, job, "could not be carried out: " + fault));
    }
  }

  private void retry(Job job, Duration pause, String cause) {
    try {
      queue.retry(job, pause, cause);
    } catch (LedgerUnavailable e) {
      LOG.log(Level.WARNING, "job " + job.id() + " waits for its lease to run out", e);
    }
  }

  private interface Ending {
    void book(Books books);
  }

  private void fail(Job job, Ending ending) {
    try {
      end(job, ending, FAILED);
    } catch (LostLease | LedgerUnavailable e) {
      LOG.log(Level.WARNING, "job " + job.id() + " waits for its lease to run out", e);
    }
  }

  private void end(Job job, String status, String reason, String jobState) {
    end(job, books -> endOrder(books, job, status, reason), jobState);
  }

  private void end(Job job, Ending ending, String jobState) {
    ledger.book(
        job.user(),
        Cause.ORDER_ENTRY,
        clock.instant(),
        books -> {
          ending.book(books);
          queue.finish(books, job, jobState);
        });
  }

  /// An order that the broker turned out to have is not ended by us.
  private static void endOrder(Books books, Job job, String status, String reason) {
    change(
        books,
        job,
        order ->
            order.brokerId() == null
                ? order.with(order.progress().ended(status, reason), books.now())
                : order);
  }

  /// The order stays as the broker told it, at the time that the broker told.
  private static void note(Books books, Job job, String remark) {
    change(books, job, order -> order.with(order.progress().noted(remark), order.updatedAt()));
  }

  private static void change(Books books, Job job, UnaryOperator<Order> change) {
    var known = books.order(job.orderId()).filter(Order::isOpen);
    if (known.isPresent()) {
      var changed = change.apply(known.get());
      if (!changed.equals(known.get())) {
        books.record(changed);
      }
    }
  }

  private static Duration pause(Job job) {
    var doubled = SHORTEST_PAUSE.multipliedBy(1L << Math.min(job.attempts() - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
