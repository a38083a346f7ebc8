package io.portfoliostream.simulator.broker;

/// The broker's answer to an order or to a wish about one.
public sealed interface Submission {

  /// The broker took it.
  ///
  /// @param order the order as it stands
  record Accepted(Order order) implements Submission {}

  /// The broker did not take it; nothing changed.
  record Refused(Refusal refusal) implements Submission {}
}
