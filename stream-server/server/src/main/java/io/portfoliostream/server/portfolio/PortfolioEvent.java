package io.portfoliostream.server.portfolio;

/// A sequenced fact about a portfolio. Events carry whole objects and no prices.
public sealed interface PortfolioEvent {

  /// An order was queued, or came further.
  record OrderChanged(Order order) implements PortfolioEvent {}

  /// An execution was booked, for the first and only time.
  record ExecutionBooked(Execution execution) implements PortfolioEvent {}

  /// A position's quantity or cost changed; quantity zero when it closed.
  record PositionChanged(Position position) implements PortfolioEvent {}

  /// Cash, buying power, last equity or flows changed.
  record AccountChanged(Account account) implements PortfolioEvent {}
}
