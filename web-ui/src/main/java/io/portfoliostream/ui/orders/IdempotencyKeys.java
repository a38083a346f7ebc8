package io.portfoliostream.ui.orders;

/// A source of names for intentions, no two alike.
@FunctionalInterface
public interface IdempotencyKeys {
  /// The next name.
  String next();
}
