package io.portfoliostream.server.broker;

import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One account at a broker. Every method blocks; every read throws [BrokerUnavailable] when the
/// broker gives no answer that can be used.
public interface BrokerAccount {

  /// Submits an order, once.
  Submission submit(Order order);

  /// Submits an order in the place of an open one, once.
  ///
  /// @param replaced the broker's identity of the order to replace
  /// @param terms those of the order to replace
  Submission replace(String replaced, Terms terms, Order order);

  /// Asks for the cancellation of an order, once; its end is reported by the stream.
  ///
  /// @param brokerId the broker's identity of the order
  Cancellation cancel(String brokerId);

  /// The order that was submitted with a client order id, if it arrived.
  Optional<OrderReport> orderByClientId(String clientOrderId);

  /// An order by the broker's identity.
  Optional<OrderReport> order(String brokerId);

  /// All orders that can still change.
  List<OrderReport> openOrders();

  /// All orders submitted after a time, oldest first.
  List<OrderReport> ordersAfter(Instant submittedAfter);

  /// Executions, oldest first.
  ///
  /// @param cursor name of the last execution already known, from [BrokerFill#cursor]
  /// @param after where to begin without a cursor
  /// @throws UnknownCursor when nothing has that name any more
  List<BrokerFill> fills(@Nullable String cursor, @Nullable Instant after);

  /// The executions of an order that count, oldest first: without those that were taken back.
  ///
  /// @param brokerId the broker's identity of the order
  List<BrokerFill> fillsOf(String brokerId);

  /// What changed the account other than trades, oldest first.
  ///
  /// @param cursor name of the last one already known, from [BrokerActivity#cursor]
  /// @param after where to begin without a cursor
  /// @throws UnknownCursor when nothing has that name any more
  List<BrokerActivity> activities(@Nullable String cursor, @Nullable Instant after);

  /// All open positions.
  List<BrokerPosition> positions();

  /// The account's money.
  BrokerMoney money();

  /// What the account was worth over time.
  EquityCurve equity(EquityQuery query);
}
