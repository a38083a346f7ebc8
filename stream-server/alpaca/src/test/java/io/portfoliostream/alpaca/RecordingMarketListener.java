package io.portfoliostream.alpaca;

import io.portfoliostream.alpaca.StreamState.BackingOff;
import io.portfoliostream.alpaca.StreamState.Live;
import io.portfoliostream.alpaca.StreamState.Refused;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Keeps everything it is told one by one and in order, but for the states on the way.
final class RecordingMarketListener implements MarketStreamListener {
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  /// An error that the broker reported.
  record Failure(int code, String message) {}

  /// The plan has no more places.
  record Limit(int symbols) {}

  @Override
  public void onState(StreamState state) {
    if (state instanceof Live || state instanceof BackingOff || state instanceof Refused) {
      told.add(state);
    }
  }

  @Override
  public void onTrades(List<MarketTrade> trades, Instant receivedAt) {
    told.addAll(trades);
  }

  @Override
  public void onQuotes(List<MarketQuote> quotes, Instant receivedAt) {
    told.addAll(quotes);
  }

  @Override
  public void onStatus(MarketStatus status, Instant receivedAt) {
    told.add(status);
  }

  @Override
  public void onError(int code, String message) {
    told.add(new Failure(code, message));
  }

  @Override
  public void onLimit(int symbols) {
    told.add(new Limit(symbols));
  }

  /// The next thing told, which must be of a kind.
  <T> T next(Class<T> kind) throws InterruptedException {
    var next = told.poll(10, TimeUnit.SECONDS);
    if (!kind.isInstance(next)) {
      throw new AssertionError("expected %s, was told %s".formatted(kind.getSimpleName(), next));
    }
    return kind.cast(next);
  }

  /// The next thing of a kind that is as wanted, whatever comes before it.
  <T> T await(Class<T> kind, Predicate<T> isWanted) throws InterruptedException {
    while (true) {
      var next = told.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no such " + kind.getSimpleName());
      }
      if (kind.isInstance(next) && isWanted.test(kind.cast(next))) {
        return kind.cast(next);
      }
    }
  }
}
