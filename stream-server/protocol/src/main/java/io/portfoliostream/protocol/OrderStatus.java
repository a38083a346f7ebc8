package io.portfoliostream.protocol;

import java.util.Set;

/// The order statuses that both ends must agree on; brokers may report others, which count as open.
public final class OrderStatus {
  /// Booked by us, not yet answered by the broker.
  public static final String QUEUED = "queued";

  /// Refused by the broker; `rejectReason` says why.
  public static final String REJECTED = "rejected";

  /// Given up by us before the broker had it; `rejectReason` says why.
  public static final String FAILED = "failed";

  /// Executed in full.
  public static final String FILLED = "filled";

  private static final Set<String> TERMINAL =
      Set.of(FILLED, "canceled", "expired", REJECTED, "replaced", FAILED);

  private OrderStatus() {}

  /// Whether an order in `status` can change no more. The digest covers the others only.
  public static boolean isTerminal(String status) {
    return TERMINAL.contains(status);
  }
}
