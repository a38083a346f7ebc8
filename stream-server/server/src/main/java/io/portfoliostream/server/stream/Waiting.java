package io.portfoliostream.server.stream;

import java.time.Instant;

/// Price changes of one symbol that were not sent yet.
final class Waiting {
  private final Instant oldest;
  private int changes;

  /// @param oldest when the first of them arrived at this server
  /// @param changes how many
  Waiting(Instant oldest, int changes) {
    this.oldest = oldest;
    this.changes = changes;
  }

  void another() {
    changes++;
  }

  Instant oldest() {
    return oldest;
  }

  int changes() {
    return changes;
  }

  /// These and those of `other`.
  Waiting and(Waiting other) {
    return new Waiting(
        oldest.isBefore(other.oldest) ? oldest : other.oldest, changes + other.changes);
  }
}
