package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;

/// The money of an account, and where it stood at the last close.
public record Balance(BigDecimal cash, BigDecimal lastEquity, BigDecimal lastMaintenanceMargin) {}
