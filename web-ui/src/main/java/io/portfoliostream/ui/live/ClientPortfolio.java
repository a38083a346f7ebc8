package io.portfoliostream.ui.live;

import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioClient;
import io.portfoliostream.client.PortfolioListener;
import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.client.Registration;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderUpdate;

/// The portfolio behind a running client.
record ClientPortfolio(PortfolioClient client) implements OpenPortfolio {
  static ClientPortfolio start(PortfolioClient client) {
    client.start();
    return new ClientPortfolio(client);
  }

  @Override
  public PortfolioView portfolio() {
    return client.portfolio();
  }

  @Override
  public ConnectionState connection() {
    return client.connection();
  }

  @Override
  public Registration subscribe(PortfolioListener listener) {
    return client.subscribe(listener);
  }

  @Override
  public OrderUpdate submit(OrderRequest request, String idempotencyKey) {
    return client.submit(request, idempotencyKey).order();
  }

  @Override
  public void reconnectNow() {
    client.reconnectNow();
  }

  @Override
  public void close() {
    client.close();
  }
}
