package io.portfoliostream.server.broker;

import io.portfoliostream.server.ledger.OrderReport;
import java.time.Duration;
import java.util.List;

/// What became of an order that was sent to the broker.
public sealed interface Submission {

  /// The broker has it.
  ///
  /// @param reports the order, and after it the exits that came about with it
  record Accepted(List<OrderReport> reports) implements Submission {
    /// Freezes the list.
    public Accepted {
      reports = List.copyOf(reports);
    }
  }

  /// The broker does not want it.
  ///
  /// @param reason the broker's words
  record Refused(String reason) implements Submission {}

  /// The broker says that it does not want it, in a way that it has been seen to say of orders that
  /// it took: it must be asked before that is believed.
  ///
  /// @param reason the broker's words
  record Doubtful(String reason) implements Submission {}

  /// It certainly never arrived.
  ///
  /// @param retryAfter when another try makes sense
  record NotSent(String cause, Duration retryAfter) implements Submission {}

  /// It may have arrived: the broker must be asked before any other try.
  record Unknown(String cause) implements Submission {}
}
