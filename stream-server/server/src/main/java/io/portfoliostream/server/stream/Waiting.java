package io.portfoliostream.server.stream;

import java.time.Instant;

/// Price changes of one symbol that were not sent yet.
final class Waiting {
  private final Instant oldest;
  private final Instant knownAt;
  private int changes;

  /// @param oldest when the first of them arrived at the server
  /// @param knownAt when this node's streams knew of it
  /// @param changes how many
  Waiting(Instant oldest, Instant knownAt, int changes) {
    this.oldest = oldest;
    this.knownAt = knownAt;
    this.changes = changes;
  }

  void another() {
    changes++;
  }

  Instant oldest() {
    return oldest;
  }

  Instant knownAt() {
    return knownAt;
  }

  int changes() {
    return changes;
  }

  /// These and those of `other`.
  Waiting and(Waiting other) {
    var first = oldest.isBefore(other.oldest) ? this : other;
    return new Waiting(first.oldest, first.knownAt, changes + other.changes);
  }
}
