package io.portfoliostream.server.ledger;

import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.OrderReport.Fill;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Exits;
import io.portfoliostream.server.portfolio.Order.Links;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Books what a broker reports of an order. Reports may come twice, late and out of order; what was
/// booked is not booked again, statuses never go back, and a position follows the newest event.
public final class OrderBooking {
  /// A read that began this much after an execution has it in its cash (Alpaca on paper: within
  /// 0.33 s).
  private static final Duration READ_HAS_EXECUTION = Duration.ofSeconds(1);

  private final Supplier<String> newOrderId;

  /// Creates the rule.
  ///
  /// @param newOrderId names an order that was made elsewhere
  public OrderBooking(Supplier<String> newOrderId) {
    this.newOrderId = newOrderId;
  }

  /// Books a report from the broker's stream: the order, and its execution with position and cash.
  public void book(Books books, OrderReport report) {
    var order = bookOrder(books, report);
    var fill = report.fill();
    if (fill != null) {
      var execution = execution(order, report, fill);
      if (bookExecution(books, execution, report)) {
        bookPosition(books, execution, report, order);
        bookCash(books, execution.cashEffect(), execution.executedAt());
      }
    }
    var amendment = report.amendment();
    if (amendment != null) {
      books
          .execution(amendment.corrects())
          .ifPresent(wrong -> bookAmendment(books, wrong, amendment));
    }
  }

  /// Books that an execution was busted or corrected: its effect on position and cash is taken back
  /// as far as it was wrong. What the average price becomes, only the broker knows.
  private static void bookAmendment(Books books, Execution wrong, Amendment amendment) {
    if (books.execution(amendment.executionId()).isPresent() || !counts(books, wrong)) {
      return;
    }
    var busted = amendment.quantity().signum() == 0;
    var price = amendment.price() == null ? wrong.price() : amendment.price();
    var right =
        new Execution(
            amendment.executionId(),
            wrong.orderId(),
            wrong.brokerOrderId(),
            wrong.symbol(),
            wrong.side(),
            busted ? wrong.quantity() : amendment.quantity(),
            price,
            null,
            amendment.executedAt(),
            wrong.id(),
            busted);
    books.record(right, null);
    var change = wrong.side().signed(amendment.quantity().subtract(wrong.quantity()));
    var position = books.position(wrong.symbol()).position();
    if (change.signum() != 0) {
      books.record(position.moved(change, books.now()), null, null);
    }
    var cash = right.cashEffect().subtract(wrong.cashEffect());
    if (cash.signum() != 0) {
      bookCash(books, cash, amendment.executedAt());
    }
  }

  /// Whether nothing has amended an execution yet.
  private static boolean counts(Books books, Execution execution) {
    return books.executionsOf(List.of(execution.brokerOrderId())).stream()
        .anyMatch(booked -> booked.execution().id().equals(execution.id()));
  }

  /// Books that an execution counts no longer, as the broker's history shows: it moves neither
  /// position nor cash, which are read along with that.
  public static void takeBack(Books books, Execution wrong) {
    books.record(
        new Execution(
            wrong.id() + "/gone",
            wrong.orderId(),
            wrong.brokerOrderId(),
            wrong.symbol(),
            wrong.side(),
            wrong.quantity(),
            wrong.price(),
            null,
            books.now(),
            wrong.id(),
            true),
        null);
  }

  /// Books an order as the broker has it, even where that goes back behind what it told before: a
  /// trade was taken back, or its clock was wrong.
  public Order adoptOrder(Books books, Order known, OrderReport report) {
    var order = taken(books, known, report);
    books.record(order);
    return order;
  }

  /// Books the order of a report; returns it as it stands now.
  public Order bookOrder(Books books, OrderReport report) {
    var known = books.orderOf(report.brokerId(), report.clientOrderId()).orElse(null);
    var order = known == null ? made(books, report) : merged(books, known, report);
    if (known == null || !order.equals(known)) {
      books.record(order);
    }
    linkPredecessor(books, order);
    return order;
  }

  /// The broker may tell that an order was replaced before it tells by which.
  private static void linkPredecessor(Books books, Order order) {
    var replaces = order.links().replaces();
    if (replaces == null || order.brokerId() == null) {
      return;
    }
    books
        .order(replaces)
        .filter(old -> old.progress().status().equals("replaced"))
        .filter(old -> old.links().replacedBy() == null)
        .ifPresent(old -> books.record(old.replacedBy(order.id())));
  }

  /// Books an execution, unless it was booked before.
  ///
  /// @return whether it is new
  public static boolean bookExecution(Books books, Execution execution, OrderReport report) {
    var cumulative = report.progress().filledQuantity();
    if (books.hasExecution(
        execution.id(), execution.brokerOrderId(), cumulative, execution.price())) {
      return false;
    }
    books.record(execution, cumulative);
    return true;
  }

  /// The execution that a report tells of.
  public static Execution execution(Order order, OrderReport report, Fill fill) {
    return new Execution(
        fill.executionId(),
        order.id(),
        report.brokerId(),
        report.terms().symbol(),
        report.terms().side(),
        fill.quantity(),
        fill.price(),
        fill.positionQuantity(),
        fill.executedAt(),
        null,
        false);
  }

  private static void bookPosition(
      Books books, Execution execution, OrderReport report, Order order) {
    var held = books.position(execution.symbol());
    if (held.isFollowedBy(report.eventId(), execution.executedAt())) {
      books.record(
          held.position().after(execution, order.terms().strategyId(), books.now()),
          report.eventId(),
          execution.executedAt());
    }
  }

  private static void bookCash(Books books, BigDecimal effect, Instant executedAt) {
    var read = books.accountReadAt();
    var alreadyIn = read.isPresent() && executedAt.plus(READ_HAS_EXECUTION).isBefore(read.get());
    if (!alreadyIn) {
      books.account().ifPresent(account -> books.record(account.moved(effect, books.now())));
    }
  }

  private Order made(Books books, OrderReport report) {
    var links = links(books, report, Links.NONE);
    var origin = links.parentOrderId() == null ? links.replaces() : links.parentOrderId();
    var strategy =
        origin == null
            ? null
            : books.order(origin).map(order -> order.terms().strategyId()).orElse(null);
    return new Order(
        newOrderId.get(),
        report.brokerId(),
        report.clientOrderId(),
        terms(report.terms(), null, strategy),
        report.progress(),
        links,
        report.submittedAt(),
        report.updatedAt());
  }

  private static Order merged(Books books, Order known, OrderReport report) {
    return mayReplace(known, report) ? taken(books, known, report) : known;
  }

  private static Order taken(Books books, Order known, OrderReport report) {
    var progress = report.progress();
    var reason =
        progress.rejectReason() == null ? known.progress().rejectReason() : progress.rejectReason();
    return new Order(
        known.id(),
        report.brokerId(),
        known.clientOrderId(),
        terms(report.terms(), known.terms().exits(), known.terms().strategyId()),
        new Progress(
            progress.status(),
            progress.filledQuantity(),
            progress.filledAveragePrice(),
            progress.filledAt(),
            progress.canceledAt(),
            progress.expiresAt(),
            reason),
        links(books, report, known.links()),
        known.submittedAt(),
        report.updatedAt());
  }

  /// Statuses never go back: not from an end, not to an older state, not to a smaller fill.
  private static boolean mayReplace(Order known, OrderReport report) {
    if (known.brokerId() == null || report.amendment() != null) {
      return true;
    }
    if (!known.isOpen() && !Order.isTerminal(report.progress().status())) {
      return false;
    }
    return !report.updatedAt().isBefore(known.updatedAt())
        && report.progress().filledQuantity().compareTo(known.progress().filledQuantity()) >= 0;
  }

  private static Terms terms(Terms reported, @Nullable Exits exits, @Nullable String strategyId) {
    return new Terms(
        reported.symbol(),
        reported.side(),
        reported.type(),
        reported.timeInForce(),
        reported.quantity(),
        reported.notional(),
        reported.limitPrice(),
        reported.stopPrice(),
        reported.trailPrice(),
        reported.trailPercent(),
        reported.extendedHours(),
        reported.orderClass(),
        exits,
        strategyId);
  }

  /// A report that leaves a relation out does not end it.
  private static Links links(Books books, OrderReport report, Links known) {
    var links = report.links();
    return new Links(
        ours(books, links.parent(), known.parentOrderId()),
        ours(books, links.replaces(), known.replaces()),
        ours(books, links.replacedBy(), known.replacedBy()));
  }

  private static @Nullable String ours(
      Books books, @Nullable String brokerId, @Nullable String known) {
    return brokerId == null ? known : books.orderByBrokerId(brokerId).map(Order::id).orElse(known);
  }
}
