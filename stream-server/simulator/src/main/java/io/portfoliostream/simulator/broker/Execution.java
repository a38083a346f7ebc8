package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A quantity of an order that traded at a price, or what became of an earlier one.
///
/// @param cumulativeQty what the order has traded including this execution
/// @param leavesQty what remains of the order, zero for the last one
/// @param positionQty the account's whole position after this execution, negative when short
/// @param kind whether it is a trade or amends one
/// @param previousId the execution that it amends, or null for a trade
public record Execution(
    UUID id,
    UUID orderId,
    String symbol,
    Side side,
    BigDecimal qty,
    BigDecimal price,
    BigDecimal cumulativeQty,
    BigDecimal leavesQty,
    BigDecimal positionQty,
    OrderStatus orderStatus,
    Instant at,
    LocalDate settlesOn,
    Kind kind,
    @Nullable UUID previousId) {

  public Execution {
    kind = Objects.requireNonNullElse(kind, Kind.TRADE);
  }

  /// What an execution says.
  public enum Kind {
    TRADE,
    BUST,
    CORRECT
  }
}
