package io.portfoliostream.server.sync;

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
import io.portfoliostream.server.broker.UnknownCursor;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A broker account that is what the test says.
final class FakeBroker implements BrokerAccount {
  final Map<String, OrderReport> orders = new LinkedHashMap<>();
  final Map<String, BrokerPosition> positions = new LinkedHashMap<>();
  final List<BrokerFill> fills = new ArrayList<>();
  final List<BrokerActivity> activities = new ArrayList<>();
  String number = "PA1";
  BigDecimal cash = new BigDecimal("100000");
  Instant now = Instant.parse("2026-11-23T17:00:00Z");
  boolean knowsItsPlaces;
  Runnable duringRead = () -> {};

  void holds(String symbol, String quantity, String entry) {
    positions.put(
        symbol,
        new BrokerPosition(symbol, new BigDecimal(quantity), new BigDecimal(entry), null, null));
  }

  void filled(String executionId, String orderId, String quantity, String cumulative) {
    fills.add(
        new BrokerFill(
            "2026::" + executionId,
            executionId,
            orderId,
            "AAPL",
            Side.BUY,
            new BigDecimal(quantity),
            new BigDecimal("100"),
            new BigDecimal(cumulative),
            now));
  }

  @Override
  public Submission submit(Order order) {
    throw new UnsupportedOperationException("nothing is submitted here");
  }

  @Override
  public Submission replace(String replaced, Terms terms, Order order) {
    throw new UnsupportedOperationException("nothing is replaced here");
  }

  @Override
  public Cancellation cancel(String brokerId) {
    throw new UnsupportedOperationException("nothing is canceled here");
  }

  @Override
  public Optional<OrderReport> orderByClientId(String clientOrderId) {
    return Optional.empty();
  }

  @Override
  public Optional<OrderReport> order(String brokerId) {
    return Optional.ofNullable(orders.get(brokerId));
  }

  @Override
  public List<OrderReport> openOrders() {
    return List.of();
  }

  @Override
  public List<OrderReport> ordersAfter(Instant submittedAfter) {
    return orders.values().stream()
        .filter(report -> report.submittedAt().isAfter(submittedAfter))
        .toList();
  }

  private int place(List<String> cursors, @Nullable String cursor) {
    var place = cursors.indexOf(cursor);
    if (knowsItsPlaces && cursor != null && place < 0) {
      throw new UnknownCursor("no " + cursor, new IllegalStateException("invalid page_token"));
    }
    return place;
  }

  @Override
  public List<BrokerFill> fills(@Nullable String cursor, @Nullable Instant after) {
    var known = place(fills.stream().map(BrokerFill::cursor).toList(), cursor);
    return List.copyOf(fills.subList(known + 1, fills.size()));
  }

  @Override
  public List<BrokerFill> fillsOf(String brokerId) {
    return fills.stream().filter(fill -> fill.brokerOrderId().equals(brokerId)).toList();
  }

  @Override
  public List<BrokerActivity> activities(@Nullable String cursor, @Nullable Instant after) {
    var known = place(activities.stream().map(BrokerActivity::cursor).toList(), cursor);
    return List.copyOf(activities.subList(known + 1, activities.size()));
  }

  @Override
  public List<BrokerPosition> positions() {
    return List.copyOf(positions.values());
  }

  @Override
  public EquityCurve equity(EquityQuery query) {
    throw new BrokerUnavailable("no history is kept here", null);
  }

  @Override
  public BrokerMoney money() {
    var money = new BrokerMoney(number, cash, cash.add(cash), new BigDecimal("100000"), now);
    duringRead.run();
    return money;
  }
}
