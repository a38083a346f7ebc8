package io.portfoliostream.server.broker;

import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;

/// Makes the two ends of a linked account: calls and stream.
@FunctionalInterface
public interface BrokerConnector {

  /// The ends of one account.
  record BrokerLink(BrokerAccount account, BrokerStream stream) {}

  /// Makes the ends; the stream is not started yet.
  BrokerLink connect(LinkedAccount account, BrokerEvents events);
}
