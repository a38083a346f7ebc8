package io.portfoliostream.server.broker;

import io.portfoliostream.server.ledger.OrderReport;
import java.time.Instant;

/// Hears what a broker's trading stream tells of one account. Calls come one after the other and
/// must not block.
public interface BrokerEvents {

  /// The stream delivers from now on; what happened before was not delivered.
  void connected();

  /// The stream delivers nothing until it connects again.
  void disconnected();

  /// Something happened to an order.
  void report(OrderReport report, Instant receivedAt);

  /// Something happened that the message does not tell in a form we know: the broker must be read.
  ///
  /// @param raw the message as it came
  void unreadable(String problem, String raw);

  /// Something happened whose consequences only the broker can tell.
  void reread(String cause);

  /// The broker refuses the credentials; the stream will not come back.
  void refused(String reason);
}
