package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// A quantity of an order that traded at a price.
///
/// @param cumulativeQty what the order has traded including this execution
/// @param leavesQty what remains of the order, zero for the last one
/// @param positionQty the account's whole position after this execution, negative when short
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
    LocalDate settlesOn) {}
