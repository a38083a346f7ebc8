package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.OrderChange;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Links;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.UserId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/// Takes changes and cancellations of open orders in: stored and enqueued in one transaction, in
/// line after what is still to be done for the same order.
///
/// Every method throws [io.portfoliostream.server.ledger.LedgerUnavailable] when nothing could be
/// stored.
public final class OrderChanges {
  private final Ledger ledger;
  private final InstantSource clock;
  private final Supplier<String> newId;
  private final Function<UserId, Permission> permissions;
  private final Runnable wake;

  /// Creates the desk.
  ///
  /// @param newId names an order
  /// @param permissions whether a user may send orders
  /// @param wake tells the worker that there is work
  public OrderChanges(
      Ledger ledger,
      InstantSource clock,
      Supplier<String> newId,
      Function<UserId, Permission> permissions,
      Runnable wake) {
    this.ledger = ledger;
    this.clock = clock;
    this.newId = newId;
    this.permissions = permissions;
    this.wake = wake;
  }

  /// Asks for the cancellation of an open order. One that never left us ends at once; any other
  /// ends when the broker says so.
  public OrderResult cancel(UserId user, String orderId) {
    return book(user, orderId, OrderChanges::cancel);
  }

  /// Asks for another order in the place of an open one. The answer is the new order, booked as
  /// queued; the old one stays until the broker has replaced it.
  public OrderResult change(UserId user, String orderId, OrderChange change) {
    return book(user, orderId, (books, order) -> change(books, order, change));
  }

  private interface Rule {
    OrderResult decide(Books books, Order order);
  }

  private OrderResult book(UserId user, String orderId, Rule rule) {
    var permission = permissions.apply(user);
    if (permission != Permission.TRADE) {
      return new OrderResult.NotAllowed(permission);
    }
    var result = new AtomicReference<OrderResult>(new OrderResult.NotFound());
    var booking =
        ledger.book(
            user,
            Cause.ORDER_ENTRY,
            clock.instant(),
            books ->
                books.order(orderId).ifPresent(order -> result.set(decide(books, order, rule))));
    wake.run();
    if (result.get() instanceof OrderResult.Accepted(var orders, _, var seq)) {
      var epoch =
          booking.isPresent()
              ? booking.get().epoch()
              : Optional.ofNullable(ledger.reads().positions(List.of(user)).get(user))
                  .orElseThrow()
                  .epoch();
      return new OrderResult.Accepted(orders, epoch, seq);
    }
    return result.get();
  }

  private static OrderResult decide(Books books, Order order, Rule rule) {
    return order.isOpen()
        ? rule.decide(books, order)
        : new OrderResult.TooLate("The order is " + order.progress().status() + " already.");
  }

  private static OrderResult cancel(Books books, Order order) {
    if (JobQueue.withdraw(books, order.id())) {
      var progress = order.progress();
      var canceled =
          new Progress(
              Order.CANCELED,
              progress.filledQuantity(),
              progress.filledAveragePrice(),
              progress.filledAt(),
              books.now(),
              progress.expiresAt(),
              null);
      return accepted(books, record(books, order.with(canceled, books.now())));
    }
    if (!JobQueue.isEnqueued(books, JobKind.CANCEL, order.id())) {
      JobQueue.enqueue(books, JobKind.CANCEL, order.id(), JobQueue.lane(books, order.id()));
    }
    return accepted(books, order);
  }

  private OrderResult change(Books books, Order order, OrderChange change) {
    return switch (ChangeValidation.check(order, change)) {
      case ChangeValidation.Checked.Invalid(var errors) -> new OrderResult.Invalid(errors);
      case ChangeValidation.Checked.Valid(var terms) -> {
        var id = newId.get();
        var replacement =
            new Order(
                id,
                null,
                id,
                terms,
                Progress.queued(),
                Links.replacing(order.id()),
                books.now(),
                books.now());
        var lane = JobQueue.lane(books, order.id());
        var recorded = record(books, replacement);
        JobQueue.enqueue(books, JobKind.REPLACE, id, lane);
        yield accepted(books, recorded);
      }
    };
  }

  private static Order record(Books books, Order order) {
    books.record(order);
    return order;
  }

  private static OrderResult accepted(Books books, Order order) {
    return new OrderResult.Accepted(List.of(order), "", books.lastSeq());
  }
}
