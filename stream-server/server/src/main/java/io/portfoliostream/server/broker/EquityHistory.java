package io.portfoliostream.server.broker;

import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.Optional;

/// What the accounts of users were worth over time.
@FunctionalInterface
public interface EquityHistory {
  /// The curve of a user's account; empty when none is linked.
  ///
  /// @throws BrokerUnavailable when the broker cannot be read soon enough
  Optional<Told> of(UserId user, EquityQuery query);

  /// A curve, and when the broker was asked for it.
  record Told(EquityCurve curve, Instant asOf) {}
}
