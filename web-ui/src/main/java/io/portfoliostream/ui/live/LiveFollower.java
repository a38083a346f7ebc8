package io.portfoliostream.ui.live;

import io.portfoliostream.client.Changes;
import java.time.Instant;

/// A part of a page that shows the portfolio; called with the page's lock held.
public interface LiveFollower {
  /// Shows everything: when the part comes onto the page.
  void showAll(LiveState now);

  /// Shows what changed; `now` may be newer than the changes.
  void showChanges(LiveState now, Changes changes);

  /// Passes on a sign of life, at least every two seconds.
  default void beat(long number, Instant at) {}
}
