package io.portfoliostream.simulator.broker;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message of the trading stream: what happened to an order of an account.
///
/// @param eventId ULID, greater than that of every update before
/// @param event the word of the stream, such as `partial_fill`
/// @param order the order after the event
/// @param executionId absent where nothing was routed or traded
/// @param execution what traded, for fills only
/// @param reason why, where the event has a reason
public record TradeUpdate(
    String account,
    String eventId,
    String event,
    Instant at,
    Instant timestamp,
    Order order,
    @Nullable UUID executionId,
    @Nullable Execution execution,
    @Nullable String reason) {}
