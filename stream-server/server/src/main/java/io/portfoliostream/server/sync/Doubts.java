package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.OrderReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds orders whose booked executions do not add up to what the broker tells of them: a trade was
/// taken back or put right, and the broker's history after the last known execution is silent about
/// it.
final class Doubts {
  /// Averages are rounded by the broker.
  private static final BigDecimal TOLERANCE = new BigDecimal("0.0001");

  private static final int AVERAGE_SCALE = 10;

  private Doubts() {}

  /// The broker's identities of those orders.
  ///
  /// @param fills executions that are not all booked yet
  static Set<String> among(Collection<OrderReport> reports, List<BrokerFill> fills, Books books) {
    var traded = traded(reports, books);
    for (var fill : fills) {
      if (Comparison.isUnknown(books, fill)) {
        add(traded, fill.brokerOrderId(), fill.quantity(), fill.price());
      }
    }
    var doubts = new HashSet<String>();
    for (var report : reports) {
      var sum = traded.getOrDefault(report.brokerId(), Traded.NOTHING);
      if (!sum.isToldBy(report)) {
        doubts.add(report.brokerId());
      }
    }
    return doubts;
  }

  /// Whether executions are all that an order tells of.
  static boolean addUp(List<BrokerFill> fills, OrderReport report) {
    var sum = Traded.NOTHING;
    for (var fill : fills) {
      sum = sum.plus(fill.quantity(), fill.price());
    }
    return sum.isToldBy(report);
  }

  /// Whether two averages are the same but for rounding; one that is not told is that of nothing.
  static boolean isSameAverage(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return (one == null ? BigDecimal.ZERO : one)
            .subtract(other == null ? BigDecimal.ZERO : other)
            .abs()
            .compareTo(TOLERANCE)
        <= 0;
  }

  private static Map<String, Traded> traded(Collection<OrderReport> reports, Books books) {
    var traded = new HashMap<String, Traded>();
    var ids = reports.stream().map(OrderReport::brokerId).toList();
    for (var booked : books.executionsOf(ids)) {
      var execution = booked.execution();
      add(traded, execution.brokerOrderId(), execution.quantity(), execution.price());
    }
    return traded;
  }

  private static void add(
      Map<String, Traded> traded, String brokerId, BigDecimal quantity, BigDecimal price) {
    var known = traded.getOrDefault(brokerId, Traded.NOTHING);
    traded.put(brokerId, known.plus(quantity, price));
  }

  /// What executions come to.
  private record Traded(BigDecimal quantity, BigDecimal value) {
    static final Traded NOTHING = new Traded(BigDecimal.ZERO, BigDecimal.ZERO);

    Traded plus(BigDecimal more, BigDecimal price) {
      return new Traded(quantity.add(more), value.add(more.multiply(price)));
    }

    boolean isToldBy(OrderReport report) {
      var progress = report.progress();
      if (quantity.compareTo(progress.filledQuantity()) != 0) {
        return false;
      }
      var told = progress.filledAveragePrice();
      if (told == null || quantity.signum() == 0) {
        return true;
      }
      var average = value.divide(quantity, AVERAGE_SCALE, RoundingMode.HALF_UP);
      return isSameAverage(average, told);
    }
  }
}
