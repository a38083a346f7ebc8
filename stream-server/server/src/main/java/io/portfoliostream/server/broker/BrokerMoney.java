package io.portfoliostream.server.broker;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account's money as the broker tells it.
///
/// @param accountNumber the account's name at the broker, where it tells one
/// @param askedAt when the broker was asked, by our clock
public record BrokerMoney(
    @Nullable String accountNumber,
    BigDecimal cash,
    BigDecimal buyingPower,
    BigDecimal lastEquity,
    Instant askedAt) {}
