package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.ledger.BookedExecution;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Execution;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The part of a comparison that books executions: those that the ledger does not know, and those
/// that the broker took back or put right without a word.
final class ExecutionComparison {
  private final Books books;
  private final BrokerView first;
  private final BrokerView second;
  private final Explanations explanations;
  private final Findings findings;
  private final Set<String> agreedOrders;
  private boolean leavesDoubts;

  /// @param agreedOrders orders of which both reads tell the same, and nothing was booked since
  ///   before the first
  ExecutionComparison(
      Books books,
      BrokerView first,
      BrokerView second,
      Explanations explanations,
      Findings findings,
      Set<String> agreedOrders) {
    this.books = books;
    this.first = first;
    this.second = second;
    this.explanations = explanations;
    this.findings = findings;
    this.agreedOrders = agreedOrders;
  }

  /// Positions and cash are taken from the same reads, so executions found here move neither.
  ///
  /// @return what the executions found here did to cash
  BigDecimal book() {
    var moved = BigDecimal.ZERO;
    for (var fill : second.fills()) {
      var order = books.orderByBrokerId(fill.brokerOrderId());
      if (order.isPresent() && Comparison.isUnknown(books, fill)) {
        moved = moved.add(bookExecution(execution(fill, order.get().id()), fill));
      }
    }
    for (var brokerId : second.retold().keySet().stream().sorted().toList()) {
      moved = moved.add(bookRetold(brokerId));
    }
    return moved;
  }

  /// Whether there are orders left whose executions do not add up to what the broker tells of them.
  boolean leavesDoubts() {
    return leavesDoubts;
  }

  private BigDecimal bookExecution(Execution execution, BrokerFill fill) {
    books.record(execution, fill.cumulative());
    explanations.traded(fill.symbol(), fill.side().signed(fill.quantity()));
    findings.add(
        Difference.EXECUTION,
        execution.id(),
        null,
        text(execution),
        explanations.unheard(fill.executedAt()));
    return execution.cashEffect();
  }

  /// The executions of an order become those that both reads list, where the list is all that the
  /// order tells of: what is not among them was taken back.
  ///
  /// @return what that does to cash
  private BigDecimal bookRetold(String brokerId) {
    var moved = BigDecimal.ZERO;
    var listed = second.retold().getOrDefault(brokerId, List.of());
    var report = second.order(brokerId);
    var order = books.orderByBrokerId(brokerId);
    var booked = books.executionsOf(List.of(brokerId));
    if (report.isEmpty() || order.isEmpty() || !isRetold(report.get(), listed, booked)) {
      leavesDoubts = true;
      return moved;
    }
    for (var each : booked) {
      if (listed.stream().noneMatch(fill -> isSame(each, fill))) {
        moved = moved.subtract(takeBack(each.execution(), report.get()));
      }
    }
    for (var fill : listed) {
      if (booked.stream().noneMatch(each -> isSame(each, fill))) {
        moved = moved.add(bookExecution(execution(fill, order.get().id()), fill));
      }
    }
    return moved;
  }

  private boolean isRetold(
      OrderReport report, List<BrokerFill> listed, List<BookedExecution> booked) {
    var found = second.fills().stream().map(BrokerFill::executionId).toList();
    return agreedOrders.contains(report.brokerId())
        && listed.equals(first.retold().get(report.brokerId()))
        && Doubts.addUp(listed, report)
        && listed.stream().noneMatch(fill -> isAmended(fill, booked))
        && booked.stream()
            .allMatch(each -> each.seq() <= first.seq() || found.contains(each.execution().id()));
  }

  /// Whether a listed execution is known to count no longer: the list is behind the amendment.
  private boolean isAmended(BrokerFill fill, List<BookedExecution> booked) {
    return books.execution(fill.executionId()).isPresent()
        && booked.stream().noneMatch(each -> each.execution().id().equals(fill.executionId()));
  }

  private BigDecimal takeBack(Execution wrong, OrderReport report) {
    OrderBooking.takeBack(books, wrong);
    explanations.amended(wrong.symbol());
    explanations.traded(wrong.symbol(), wrong.side().signed(wrong.quantity()).negate());
    findings.add(
        Difference.EXECUTION,
        wrong.id(),
        text(wrong),
        null,
        explanations.unheard(report.updatedAt()));
    return wrong.cashEffect();
  }

  private static boolean isSame(BookedExecution booked, BrokerFill fill) {
    var execution = booked.execution();
    return execution.id().equals(fill.executionId())
        || (booked.cumulative() != null
            && fill.cumulative() != null
            && booked.cumulative().compareTo(fill.cumulative()) == 0
            && execution.quantity().compareTo(fill.quantity()) == 0
            && execution.price().compareTo(fill.price()) == 0);
  }

  private static String text(Execution execution) {
    return "%s %s %s at %s"
        .formatted(
            execution.side().name().toLowerCase(Locale.ROOT),
            execution.quantity().toPlainString(),
            execution.symbol(),
            execution.price().toPlainString());
  }

  private static Execution execution(BrokerFill fill, String orderId) {
    return new Execution(
        fill.executionId(),
        orderId,
        fill.brokerOrderId(),
        fill.symbol(),
        fill.side(),
        fill.quantity(),
        fill.price(),
        null,
        fill.executedAt(),
        null,
        false);
  }
}
