package io.portfoliostream.server.ledger;

/// Decides what to book, on the state that it finds under the portfolio's lock.
@FunctionalInterface
public interface BookingRule {
  /// Records events in `books`; none when nothing changed.
  void decide(Books books);
}
