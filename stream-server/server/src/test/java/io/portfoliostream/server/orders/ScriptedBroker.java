package io.portfoliostream.server.orders;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerActivity;
import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.broker.BrokerMoney;
import io.portfoliostream.server.broker.BrokerPosition;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.Cancellation;
import io.portfoliostream.server.broker.EquityCurve;
import io.portfoliostream.server.broker.EquityQuery;
import io.portfoliostream.server.broker.Submission;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.ledger.OrderReport.BrokerLinks;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A broker that answers submissions as told, and remembers every order that reached it.
final class ScriptedBroker implements BrokerAccount {
  private final Deque<Answer> script = new ArrayDeque<>();
  private final Map<String, OrderReport> orders = new HashMap<>();
  final List<String> arrivals = new ArrayList<>();
  final List<String> replacements = new ArrayList<>();
  final List<String> cancellations = new ArrayList<>();
  final Deque<Cancellation> cancelScript = new ArrayDeque<>();

  /// What happens to a submission.
  enum Answer {
    ACCEPT,
    REFUSE,
    NOT_SENT,
    BREAK,
    REFUSE_DOUBTFULLY,
    ACCEPT_AND_REFUSE_DOUBTFULLY,
    ACCEPT_AND_LOSE_THE_ANSWER,
    LOSE_THE_REQUEST
  }

  ScriptedBroker answers(Answer... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  int count() {
    return orders.size();
  }

  @Override
  public Submission submit(Order order) {
    var answer = script.isEmpty() ? Answer.ACCEPT : script.removeFirst();
    return switch (answer) {
      case ACCEPT -> new Submission.Accepted(List.of(arrive(order)));
      case BREAK -> throw new IllegalStateException("a fault of ours");
      case REFUSE_DOUBTFULLY -> new Submission.Doubtful("client_order_id must be new");
      case ACCEPT_AND_REFUSE_DOUBTFULLY -> {
        var _ = arrive(order);
        yield new Submission.Doubtful("qty must be valid");
      }
      case REFUSE -> new Submission.Refused("insufficient buying power");
      case NOT_SENT -> new Submission.NotSent("unreachable", Duration.ZERO);
      case ACCEPT_AND_LOSE_THE_ANSWER -> {
        var _ = arrive(order);
        yield new Submission.Unknown("timeout");
      }
      case LOSE_THE_REQUEST -> new Submission.Unknown("timeout");
    };
  }

  @Override
  public Submission replace(String replaced, Terms terms, Order order) {
    replacements.add(replaced);
    return submit(order);
  }

  @Override
  public Cancellation cancel(String brokerId) {
    cancellations.add(brokerId);
    return cancelScript.isEmpty() ? new Cancellation.Requested() : cancelScript.removeFirst();
  }

  private OrderReport arrive(Order order) {
    arrivals.add(order.clientOrderId());
    var at = Instant.parse("2026-11-23T15:00:00Z");
    var report =
        new OrderReport(
            "broker-" + order.id(),
            order.clientOrderId(),
            order.terms(),
            new Progress("new", BigDecimal.ZERO, null, null, null, null, null),
            BrokerLinks.NONE,
            at,
            at,
            null,
            null,
            null);
    orders.put(order.clientOrderId(), report);
    return report;
  }

  @Override
  public Optional<OrderReport> orderByClientId(String clientOrderId) {
    return Optional.ofNullable(orders.get(clientOrderId));
  }

  @Override
  public Optional<OrderReport> order(String brokerId) {
    return orders.values().stream().filter(o -> o.brokerId().equals(brokerId)).findFirst();
  }

  @Override
  public List<OrderReport> openOrders() {
    return List.copyOf(orders.values());
  }

  @Override
  public List<OrderReport> ordersAfter(Instant submittedAfter) {
    return openOrders();
  }

  @Override
  public List<BrokerFill> fills(@Nullable String cursor, @Nullable Instant after) {
    return List.of();
  }

  @Override
  public List<BrokerFill> fillsOf(String brokerId) {
    return List.of();
  }

  @Override
  public List<BrokerActivity> activities(@Nullable String cursor, @Nullable Instant after) {
    return List.of();
  }

  @Override
  public List<BrokerPosition> positions() {
    return List.of();
  }

  @Override
  public EquityCurve equity(EquityQuery query) {
    throw new BrokerUnavailable("no history is kept here", null);
  }

  @Override
  public BrokerMoney money() {
    return new BrokerMoney(null, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN, Instant.EPOCH);
  }
}
