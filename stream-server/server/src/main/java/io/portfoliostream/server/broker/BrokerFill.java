package io.portfoliostream.server.broker;

import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An execution from the broker's history.
///
/// @param cursor its place in the history
/// @param executionId what the stream calls it, as far as one can tell
/// @param cumulative the order's filled quantity after it, where told
public record BrokerFill(
    String cursor,
    String executionId,
    String brokerOrderId,
    String symbol,
    Side side,
    BigDecimal quantity,
    BigDecimal price,
    @Nullable BigDecimal cumulative,
    Instant executedAt) {}
