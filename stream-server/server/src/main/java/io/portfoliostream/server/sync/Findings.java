package io.portfoliostream.server.sync;

import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Correction;
import io.portfoliostream.server.ledger.Corrections;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The differences that one comparison found, each booked with its cause.
final class Findings {
  private final Books books;
  private final boolean isFirst;
  private final List<Finding> all = new ArrayList<>();

  /// @param isFirst whether the user was never compared before: nothing found then is a difference
  Findings(Books books, boolean isFirst) {
    this.books = books;
    this.isFirst = isFirst;
  }

  /// One difference.
  record Finding(Difference kind, Explanation cause, Correction correction) {}

  /// Adds a difference that the event recorded last has corrected.
  void add(
      Difference kind,
      String subject,
      @Nullable String was,
      @Nullable String became,
      Explanation cause) {
    if (isFirst) {
      return;
    }
    var correction =
        new Correction(
            books.lastSeq(),
            kind.word(),
            subject,
            was,
            became,
            cause.word(),
            cause.isDrift(),
            books.now());
    Corrections.record(books, correction);
    all.add(new Finding(kind, cause, correction));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
