package io.portfoliostream.server.ledger;

import io.portfoliostream.server.portfolio.Execution;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An execution as it was booked.
///
/// @param cumulative the order's filled quantity after it, where known
/// @param seq of its event
public record BookedExecution(Execution execution, @Nullable BigDecimal cumulative, long seq) {}
