package io.portfoliostream.ui.orders;

import java.util.Locale;

/// What people read for an order's status, and the badge it wears.
///
/// @param text in plain words
/// @param badge the style: `neutral`, `info`, `progress`, `good`, `bad`
record StatusWords(String text, String badge) {
  static StatusWords of(String status) {
    return switch (status) {
      case "queued" -> new StatusWords("Queued", "neutral");
      case "new", "accepted", "pending_new" -> new StatusWords("New", "info");
      case "partially_filled" -> new StatusWords("Partially filled", "progress");
      case "filled" -> new StatusWords("Filled", "good");
      case "rejected" -> new StatusWords("Rejected", "bad");
      case "failed" -> new StatusWords("Failed", "bad");
      case "canceled" -> new StatusWords("Canceled", "neutral");
      case "expired" -> new StatusWords("Expired", "neutral");
      case "replaced" -> new StatusWords("Replaced", "neutral");
      default -> new StatusWords(sentence(status), "info");
    };
  }

  /// A status that we have no word for, as the broker wrote it.
  private static String sentence(String status) {
    var words = status.replace('_', ' ').strip();
    return words.isEmpty()
        ? "Unknown"
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
