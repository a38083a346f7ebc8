package io.portfoliostream.ui.live;

import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioListener;
import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.client.Registration;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderUpdate;

/// The signed-in user's portfolio, as the pages of one browser session share it.
///
/// Safe for several threads. Readable while somebody subscribes.
public interface LivePortfolio {
  /// What is known now.
  PortfolioView portfolio();

  /// How it is known now.
  ConnectionState connection();

  /// Tells `listener`, on any thread, what changed until the registration is closed.
  Registration subscribe(PortfolioListener listener);

  /// Sends an order and waits for it to be booked; throws an
  /// [io.portfoliostream.client.StreamApiException] otherwise.
  ///
  /// @param idempotencyKey names the intention: sent twice, it makes one order
  OrderUpdate submit(OrderRequest request, String idempotencyKey);

  /// Tries to connect at once instead of at the next planned attempt.
  void reconnectNow();
}
