package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.time.Instant;

/// What an account was worth at an instant.
///
/// @param close whether the trading day ended then
public record EquityPoint(Instant at, BigDecimal equity, boolean close) {}
