package io.portfoliostream.server.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/// Everything that is logged while it is open: all levels of our own, and what others log by
/// default.
public final class LogCapture implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final Logger own = Logger.getLogger("io.portfoliostream");
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler handler = new Lines();

  /// Begins to listen.
  public LogCapture() {
    handler.setLevel(Level.ALL);
    own.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  /// All of it, stack traces included.
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    own.setLevel(null);
  }

  private final class Lines extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(@Nullable LogRecord record) {
      if (record == null) {
        return;
      }
      var trace = new StringWriter();
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(trace));
      }
      lines.add(record.getLoggerName() + ": " + formatter.formatMessage(record) + trace);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
