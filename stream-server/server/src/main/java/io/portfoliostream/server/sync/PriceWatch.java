package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.PriceFeed;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.market.MarketHours;
import io.portfoliostream.server.market.MarketSession;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.FeedState;
import io.portfoliostream.server.marks.Pulses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Decides whether prices are live: no wanted symbol is silent for [Pulses#SILENCE] while its
/// session is open, unless a read shows that there was nothing to tell.
///
/// A symbol that is silent for longer than it usually is is looked up before that. When the newest
/// trade did not arrive on the stream, the stream is mute though connected: prices are stale at
/// once, and the connection is given up. Prices are live again when trades arrive.
public final class PriceWatch {
  /// When the feeds of equities tell trades.
  private static final Set<MarketSession> TRADING =
      EnumSet.of(MarketSession.PRE, MarketSession.CORE, MarketSession.POST);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int NAMED = 5;

  private final PriceFeed prices;
  private final Pulses pulses;
  private final MarketClock market;
  private final FeedBoard feeds;
  private final InstantSource clock;
  private final AtomicLong givenUp = new AtomicLong();
  private Instant lookAfter = Instant.EPOCH;
  private Instant reconnectAfter = Instant.EPOCH;
  private Duration pause = FIRST_PAUSE;

  /// Creates the watch.
  public PriceWatch(
      PriceFeed prices, Pulses pulses, MarketClock market, FeedBoard feeds, InstantSource clock) {
    this.prices = prices;
    this.pulses = pulses;
    this.market = market;
    this.feeds = feeds;
    this.clock = clock;
  }

  /// Looks at the clock; called every second by one thread.
  public void check() {
    var now = clock.instant();
    // Of a market whose hours nobody told, silence is a fault and not the night.
    var hours = market.now();
    var open = hours.map(MarketHours::session).map(TRADING::contains).orElse(true);
    var since = hours.map(MarketHours::since).orElse(Instant.EPOCH);
    Predicate<String> trades = symbol -> open || PriceFeed.tradesAlways(symbol);

    giveUp(pulses.mute(now), now);
    var live = isLive(pulses.health(trades, since, now));
    feeds.marketData(new FeedState(live, now, prices.lastTickAt().orElse(null)));
    if (live) {
      pause = FIRST_PAUSE;
    }
    look(trades, now);
  }

  /// How many connections were given up because they were mute.
  public long givenUp() {
    return givenUp.get();
  }

  /// What was never heard may stay for a while beside what is live, but makes nothing live.
  private boolean isLive(Pulses.Health health) {
    var heard = health.proven() > 0 && feeds.marketData().live();
    return health.flawed().isEmpty() && (health.unproven().isEmpty() || heard);
  }

  private void giveUp(List<String> mute, Instant now) {
    if (mute.isEmpty() || now.isBefore(reconnectAfter)) {
      return;
    }
    reconnectAfter = now.plus(pause);
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    givenUp.incrementAndGet();
    prices.reconnect("no trades of " + mute.stream().sorted().limit(NAMED).toList());
  }

  private void look(Predicate<String> trades, Instant now) {
    if (now.isBefore(lookAfter)) {
      return;
    }
    var suspects = pulses.suspects(trades, now);
    if (!suspects.isEmpty()) {
      lookAfter = now.plus(LOOK_AGAIN);
      prices.look(suspects);
    }
  }
}
