package io.portfoliostream.server.broker;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A position as the broker tells it.
///
/// @param quantity signed
/// @param dayCost base value of the day's profit: market value − intraday profit, where told
/// @param currentPrice what the broker values it at, where told
public record BrokerPosition(
    String symbol,
    BigDecimal quantity,
    BigDecimal averageEntryPrice,
    @Nullable BigDecimal dayCost,
    @Nullable BigDecimal currentPrice) {}
