package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened to an account and was no trade: money in or out, a fee, a split.
///
/// @param type the broker's code of the activity, such as `CSD`
/// @param symbol what it is about, or null for money alone
/// @param qty shares that came, negative when they went, or null for money alone
/// @param price price per share, or null where none is told
/// @param netAmount dollars that came, negative when they went
public record Entry(
    UUID id,
    String type,
    Instant at,
    @Nullable String symbol,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal price,
    BigDecimal netAmount,
    String description) {}
