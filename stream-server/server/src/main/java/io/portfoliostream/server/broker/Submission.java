package io.portfoliostream.server.broker;

import io.portfoliostream.server.ledger.OrderReport;
import java.time.Duration;

/// What became of an order that was sent to the broker.
public sealed interface Submission {

  /// The broker has it.
  record Accepted(OrderReport report) implements Submission {}

  /// The broker does not want it.
  ///
  /// @param reason the broker's words
  record Refused(String reason) implements Submission {}

  /// It certainly never arrived.
  ///
  /// @param retryAfter when another try makes sense
  record NotSent(String cause, Duration retryAfter) implements Submission {}

  /// It may have arrived: the broker must be asked before any other try.
  record Unknown(String cause) implements Submission {}
}
