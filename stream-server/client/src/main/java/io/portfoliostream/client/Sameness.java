package io.portfoliostream.client;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether two objects agree in their sequenced fields; prices and what follows from them may
/// differ, and so may the scale of a decimal.
final class Sameness {
  private Sameness() {}

  static boolean same(PositionUpdate one, PositionUpdate other) {
    return one.side() == other.side()
        && same(one.quantity(), other.quantity())
        && same(one.entryPrice(), other.entryPrice());
  }

  static boolean same(AccountUpdate one, AccountUpdate other) {
    return same(one.cash(), other.cash()) && same(one.buyingPower(), other.buyingPower());
  }

  static boolean same(OrderUpdate one, OrderUpdate other) {
    return sameOutcome(one, other)
        && one.symbol().equals(other.symbol())
        && one.side() == other.side()
        && one.type().equals(other.type())
        && same(one.qty(), other.qty())
        && same(one.notional(), other.notional())
        && same(one.limitPrice(), other.limitPrice())
        && same(one.stopPrice(), other.stopPrice());
  }

  private static boolean sameOutcome(OrderUpdate one, OrderUpdate other) {
    return one.status().equals(other.status())
        && same(one.filledQty(), other.filledQty())
        && same(one.filledAvgPrice(), other.filledAvgPrice())
        && Objects.equals(one.brokerOrderId(), other.brokerOrderId())
        && Objects.equals(one.replacedBy(), other.replacedBy())
        && Objects.equals(one.rejectReason(), other.rejectReason());
  }

  private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }
}
