package io.portfoliostream.server.chaos;

import io.portfoliostream.server.ledger.LedgerUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What the server logs as a fault of its own, which nothing that the broker does may bring about.
/// Safe for several threads.
final class Complaints extends Handler implements AutoCloseable {
  private static final int MOST = 50;

  private final List<String> heard = new ArrayList<>();
  private final Logger product = Logger.getLogger("io.portfoliostream");
  private final List<Logger> others =
      List.of(Logger.getLogger("io.helidon"), Logger.getLogger("com.zaxxer.hikari"));
  private final boolean aloud;

  /// Listens from now on.
  ///
  /// @param aloud whether the log is written all the same
  Complaints(boolean aloud) {
    this.aloud = aloud;
    product.addHandler(this);
    if (!aloud) {
      product.setUseParentHandlers(false);
      product.setLevel(Level.SEVERE);
      others.forEach(other -> other.setLevel(Level.SEVERE));
    }
  }

  /// What was heard.
  synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void publish(@Nullable LogRecord entry) {
    if (entry != null
        && entry.getLevel().intValue() >= Level.SEVERE.intValue()
        && !isDying(entry.getThrown())) {
      keep(entry);
    }
  }

  private synchronized void keep(LogRecord entry) {
    if (heard.size() < MOST) {
      heard.add(entry.getMessage() + ": " + entry.getThrown());
    }
  }

  /// Whether it is what a thread has to say whose server is being killed.
  private static boolean isDying(@Nullable Throwable thrown) {
    for (var each = thrown; each != null; each = each.getCause()) {
      if (each instanceof InterruptedException
          || each instanceof RejectedExecutionException
          || each instanceof LedgerUnavailable
          || String.valueOf(each.getMessage()).contains("Interrupted")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    product.removeHandler(this);
    if (!aloud) {
      product.setUseParentHandlers(true);
      product.setLevel(null);
      others.forEach(other -> other.setLevel(null));
    }
  }
}
