package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.Feeds.State;

/// What a connection is shown, at which pace, and how far its client was brought. Guarded by the
/// user's lock.
final class Subscription {
  private Filter filter = Filter.NOTHING;
  private Cadence cadence;
  private long windowMs;
  private long sentSeq;
  private boolean begun;
  private boolean tradingToldLive;
  private boolean marketToldLive;

  /// A subscription to nothing.
  Subscription(Cadence cadence) {
    this.cadence = cadence;
  }

  void become(Filter newFilter, Cadence newCadence, long newWindowMs) {
    filter = newFilter;
    cadence = newCadence;
    windowMs = newWindowMs;
  }

  Filter filter() {
    return filter;
  }

  Cadence cadence() {
    return cadence;
  }

  long windowMs() {
    return windowMs;
  }

  /// The client was given a whole view on this connection: from now on it stands where the messages
  /// bring it.
  void begin() {
    begun = true;
  }

  /// Where the client stands before a message that brings it to `seq`. As long as it was given no
  /// view it may stand anywhere, and no message may claim to bring it on from there.
  long prevSeq(long seq) {
    return begun ? sentSeq : seq;
  }

  void sent(long seq) {
    sentSeq = seq;
  }

  /// Notes what the client is told of the feeds.
  void told(Feeds feeds) {
    tradingToldLive = isLive(feeds.trading());
    marketToldLive = isLive(feeds.marketData());
  }

  boolean knowsTrading(Feeds feeds) {
    return tradingToldLive == isLive(feeds.trading());
  }

  boolean knowsMarketData(Feeds feeds) {
    return marketToldLive == isLive(feeds.marketData());
  }

  private static boolean isLive(Feeds.Feed feed) {
    return feed.state() == State.LIVE;
  }
}
