package io.portfoliostream.server.broker;

import java.math.BigDecimal;
import java.time.Instant;

/// An account's money as the broker tells it.
///
/// @param askedAt when the broker was asked, by our clock
public record BrokerMoney(
    BigDecimal cash, BigDecimal buyingPower, BigDecimal lastEquity, Instant askedAt) {}
