package io.portfoliostream.server.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a comparison with the broker changed in a portfolio, and why.
///
/// @param seq the event that changed it
/// @param kind what was different: `order`, `execution`, `position`, `entry_price` or `cash`
/// @param subject a symbol or one of our order ids, empty for the account
/// @param was as the ledger had it, absent for what it did not have
/// @param became as the broker has it
/// @param cause why, in a word
/// @param isDrift whether it is a fault of the stream or ours; not when the world moved in a way
///   that no stream tells, such as a split or a deposit
public record Correction(
    long seq,
    String kind,
    String subject,
    @Nullable String was,
    @Nullable String became,
    String cause,
    boolean isDrift,
    Instant bookedAt) {}
