package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerActivity;
import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.broker.BrokerMoney;
import io.portfoliostream.server.broker.BrokerPosition;
import io.portfoliostream.server.ledger.OrderReport;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A broker account as read at one time.
///
/// @param seq the ledger's number before the first read: what was booked later is newer than this
/// @param retold all executions of orders whose executions in the ledger do not add up to what the
///   broker tells of them
/// @param activities what happened besides trades since the last comparison
/// @param flows money paid in (positive) or out on the present market day
record BrokerView(
    long seq,
    List<OrderReport> orders,
    List<BrokerFill> fills,
    Map<String, List<BrokerFill>> retold,
    Map<String, BrokerPosition> positions,
    List<BrokerActivity> activities,
    BrokerMoney money,
    BigDecimal flows) {

  /// What is told of an order, where it is.
  Optional<OrderReport> order(String brokerId) {
    return orders.stream().filter(report -> report.brokerId().equals(brokerId)).findFirst();
  }

  static Map<String, BrokerPosition> bySymbol(List<BrokerPosition> positions) {
    var bySymbol = new HashMap<String, BrokerPosition>();
    positions.forEach(position -> bySymbol.put(position.symbol(), position));
    return bySymbol;
  }
}
