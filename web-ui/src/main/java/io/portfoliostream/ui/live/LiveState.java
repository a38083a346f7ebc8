package io.portfoliostream.ui.live;

import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioView;

/// What a page shows: the portfolio, and how it is known.
public record LiveState(PortfolioView portfolio, ConnectionState connection) {
  /// Whether there is a portfolio to show.
  public boolean isLoaded() {
    return portfolio.asOf().isPresent();
  }
}
