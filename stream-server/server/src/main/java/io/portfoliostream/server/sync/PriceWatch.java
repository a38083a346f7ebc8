package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.PriceFeed;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.FeedState;
import io.portfoliostream.server.marks.Interest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Decides whether prices are fresh: while the market is open and someone holds something, a tick
/// was heard within [#SILENCE].
public final class PriceWatch {
  private static final System.Logger LOG = System.getLogger(PriceWatch.class.getName());

  /// No held symbol of a portfolio is silent for this long while its session is open.
  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final PriceFeed prices;
  private final Interest interest;
  private final FeedBoard feeds;
  private final InstantSource clock;
  private Instant askedAt = Instant.EPOCH;
  private boolean open = true;

  /// Creates the watch.
  public PriceWatch(PriceFeed prices, Interest interest, FeedBoard feeds, InstantSource clock) {
    this.prices = prices;
    this.interest = interest;
    this.feeds = feeds;
    this.clock = clock;
  }

  /// Looks at the clock; called every second by one thread.
  public void check() {
    var now = clock.instant();
    var last = prices.lastTickAt();
    var fresh = isRecent(last, now) || interest.symbols().isEmpty();
    if (!fresh) {
      askWhetherOpen(now);
    }
    feeds.marketData(new FeedState(fresh || !open, now, last.orElse(null)));
  }

  private static boolean isRecent(Optional<Instant> last, Instant now) {
    return last.isPresent() && !last.get().plus(SILENCE).isBefore(now);
  }

  /// A broker that does not tell counts as open: silence is then a fault and not the night.
  private void askWhetherOpen(Instant now) {
    if (askedAt.plus(ASK_AGAIN).isAfter(now)) {
      return;
    }
    askedAt = now;
    try {
      open = prices.isMarketOpen();
    } catch (BrokerUnavailable e) {
      open = true;
      LOG.log(Level.WARNING, "cannot tell whether the market is open: {0}", e.getMessage());
    }
  }
}
