package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a replacement changes; null leaves a thing as it is.
///
/// @param qty total shares, those that traded already included
/// @param trail dollars or percent, whichever the order trails by
/// @param clientOrderId the id of the new order, or null for one that the broker makes
public record Change(
    @Nullable BigDecimal qty,
    @Nullable TimeInForce timeInForce,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trail,
    @Nullable String clientOrderId) {}
