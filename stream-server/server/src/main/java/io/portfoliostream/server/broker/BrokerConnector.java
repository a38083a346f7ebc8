package io.portfoliostream.server.broker;

import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import java.util.Set;

/// Makes the two ends of a linked account: calls and stream.
public interface BrokerConnector {

  /// The ends of one account.
  record BrokerLink(BrokerAccount account, BrokerStream stream) {}

  /// The environments in which accounts can be linked.
  Set<String> environments();

  /// Asks the broker whose account it is.
  ///
  /// @throws BadCredentials when the broker does not accept them
  /// @throws BrokerUnavailable when the broker gives no answer that can be used
  Holder identify(LinkedAccount account);

  /// What a broker tells of an account before anything else.
  ///
  /// @param number the account's name at the broker
  /// @param canTrade whether the broker takes orders for it
  record Holder(String number, boolean canTrade) {}

  /// Makes the ends; the stream is not started yet.
  BrokerLink connect(LinkedAccount account, BrokerEvents events);
}
