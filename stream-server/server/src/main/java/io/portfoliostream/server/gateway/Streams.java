package io.portfoliostream.server.gateway;

import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Client;
import io.portfoliostream.server.stream.Transport;

/// What the upgrade needs of the streams.
interface Streams {
  /// Takes one of the user's places, unless all are taken.
  ///
  /// @return whether the connection may be opened
  boolean admit(Client client);

  /// Gives a place back; harmless when it was not taken.
  void release(UserId user, String connectionId);

  /// Begins a conversation over `transport`.
  ///
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when the portfolio cannot be read
  Conversation open(Client client, Transport transport);
}
