package io.portfoliostream.server.ledger;

import io.portfoliostream.server.ledger.OrderReport.Amendment;
import io.portfoliostream.server.ledger.OrderReport.BrokerLinks;
import io.portfoliostream.server.ledger.OrderReport.Fill;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a broker reports, for tests: a market order for 10 AAPL, event by event.
public final class Reports {
  /// When the order was submitted.
  public static final Instant START = Instant.parse("2026-11-23T17:00:10Z");

  private Reports() {}

  /// A market order to buy 10 AAPL.
  public static Terms terms() {
    return new Terms(
        "AAPL", Side.BUY, "market", "day", d("10"), null, null, null, null, null, false, null, null,
        null);
  }

  /// The order's state without an execution.
  public static OrderReport state(String brokerId, String status, int second) {
    return report(brokerId, status, "0", second, null);
  }

  /// An execution of `quantity`, after which `cumulative` are filled and `position` held.
  public static OrderReport fill(
      String brokerId, String id, String quantity, String cumulative, String position, int second) {
    var at = START.plusSeconds(second);
    var status = cumulative.equals("10") ? "filled" : "partially_filled";
    return report(
        brokerId, status, cumulative, second, new Fill(id, d(quantity), d("100"), d(position), at));
  }

  /// What an execution shall have been instead; `quantity` zero takes it back.
  public static OrderReport amendment(
      String brokerId, String status, String cumulative, Amendment amendment) {
    var state = report(brokerId, status, cumulative, 60, null);
    return new OrderReport(
        brokerId,
        state.clientOrderId(),
        state.terms(),
        state.progress(),
        state.links(),
        state.submittedAt(),
        state.updatedAt(),
        "01EVENT00060",
        null,
        amendment);
  }

  /// The order's state, told with its relations to other orders.
  public static OrderReport linked(String brokerId, String status, BrokerLinks links, int second) {
    var state = report(brokerId, status, "0", second, null);
    return new OrderReport(
        brokerId,
        state.clientOrderId(),
        state.terms(),
        state.progress(),
        links,
        state.submittedAt(),
        state.updatedAt(),
        state.eventId(),
        null,
        null);
  }

  /// The same with another average price.
  public static OrderReport at(OrderReport report, String average) {
    var told = report.progress();
    return new OrderReport(
        report.brokerId(),
        report.clientOrderId(),
        report.terms(),
        new Progress(told.status(), told.filledQuantity(), d(average), null, null, null, null),
        report.links(),
        report.submittedAt(),
        report.updatedAt(),
        report.eventId(),
        report.fill(),
        report.amendment());
  }

  private static OrderReport report(
      String brokerId, String status, String filled, int second, @Nullable Fill fill) {
    var at = START.plusSeconds(second);
    return new OrderReport(
        brokerId,
        "client-" + brokerId,
        terms(),
        new Progress(
            status, d(filled), filled.equals("0") ? null : d("100"), null, null, null, null),
        BrokerLinks.NONE,
        START,
        at,
        "01EVENT%05d".formatted(second),
        fill,
        null);
  }

  private static BigDecimal d(String text) {
    return new BigDecimal(text);
  }
}
