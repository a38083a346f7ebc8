package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerActivity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// What comparisons learned and have not booked yet: what moves during the reads is left to the
/// next comparison.
///
/// @param quantities of executions that were booked, by symbol, signed
/// @param cash of executions that were booked, signed
/// @param activities what happened besides trades
/// @param inDoubt whether there may be orders whose executions are not those that are booked
record Unmoved(
    Map<String, BigDecimal> quantities,
    BigDecimal cash,
    List<BrokerActivity> activities,
    boolean inDoubt) {
  static final Unmoved NOTHING = new Unmoved(Map.of(), BigDecimal.ZERO, List.of(), false);

  /// Before the first comparison of a life, whatever an earlier one left.
  static final Unmoved UNKNOWN = new Unmoved(Map.of(), BigDecimal.ZERO, List.of(), true);

  Unmoved {
    quantities = Map.copyOf(quantities);
    activities = List.copyOf(activities);
  }

  /// Whether another comparison has to follow soon.
  boolean isUrgent() {
    return !quantities.isEmpty() || cash.signum() != 0 || !activities.isEmpty();
  }
}
