package io.portfoliostream.alpaca;

import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/// Keeps everything it is told, in order.
final class RecordingTradingListener implements TradingStreamListener {
  private final BlockingDeque<Object> told = new LinkedBlockingDeque<>();

  private volatile Runnable beforeReturning = () -> {};

  /// A message that could not be read.
  record Unreadable(String problem, String raw) {}

  @Override
  public void onState(StreamState state) {
    told.add(state);
  }

  @Override
  public void onUpdate(TradeUpdate update) {
    told.add(update);
    beforeReturning.run();
  }

  /// Does something in each call with an update before it returns.
  void beforeReturning(Runnable action) {
    beforeReturning = action;
  }

  @Override
  public void onUnreadable(String problem, String raw) {
    told.add(new Unreadable(problem, raw));
  }

  /// The next thing told, which must be of a kind.
  <T> T next(Class<T> kind) throws InterruptedException {
    var next = told.poll(10, TimeUnit.SECONDS);
    if (!kind.isInstance(next)) {
      throw new AssertionError("expected %s but was told %s".formatted(kind.getSimpleName(), next));
    }
    return kind.cast(next);
  }

  /// Waits a moment for the next thing told and keeps it.
  boolean isSoonTold() throws InterruptedException {
    var next = told.poll(100, TimeUnit.MILLISECONDS);
    if (next != null) {
      told.addFirst(next);
    }
    return next != null;
  }

  boolean hasMore() {
    return !told.isEmpty();
  }
}
