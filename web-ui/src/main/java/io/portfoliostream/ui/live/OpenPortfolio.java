package io.portfoliostream.ui.live;

/// A portfolio that somebody must close.
interface OpenPortfolio extends LivePortfolio, AutoCloseable {
  @Override
  void close();
}
