package io.portfoliostream.protocol;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The body of `PATCH /api/orders/{orderId}`: what shall be different; a field left out stays.
///
/// @param qty the whole new quantity, what was filled already included
/// @param trailPrice the new distance of a trailing stop, for one that trails by price
/// @param trailPercent the same, for one that trails by percent
public record OrderChange(
    @Nullable BigDecimal qty,
    @Nullable String timeInForce,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trailPrice,
    @Nullable BigDecimal trailPercent) {}
