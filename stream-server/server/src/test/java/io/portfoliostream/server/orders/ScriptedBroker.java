package io.portfoliostream.server.orders;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.broker.BrokerMoney;
import io.portfoliostream.server.broker.BrokerPosition;
import io.portfoliostream.server.broker.Submission;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.ledger.OrderReport.BrokerLinks;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Progress;
import java.math.BigDecimal;
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

  /// What happens to a submission.
  enum Answer {
    ACCEPT,
    REFUSE,
    NOT_SENT,
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
      case ACCEPT -> arrive(order).<Submission>map(Submission.Accepted::new).orElseThrow();
      case REFUSE -> new Submission.Refused("insufficient buying power");
      case NOT_SENT -> new Submission.NotSent("unreachable", java.time.Duration.ZERO);
      case ACCEPT_AND_LOSE_THE_ANSWER -> {
        var _ = arrive(order);
        yield new Submission.Unknown("timeout");
      }
      case LOSE_THE_REQUEST -> new Submission.Unknown("timeout");
    };
  }

  private Optional<OrderReport> arrive(Order order) {
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
            null);
    orders.put(order.clientOrderId(), report);
    return Optional.of(report);
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
  public List<BrokerPosition> positions() {
    return List.of();
  }

  @Override
  public BrokerMoney money() {
    return new BrokerMoney(BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN, Instant.EPOCH);
  }
}
