package io.portfoliostream.alpaca;

/// What each error number of the market data stream means for the connection.
final class MarketErrors {

  /// What to do about an error.
  enum Reaction {
    /// Nothing: it changes nothing, or the broker will close the connection itself.
    IGNORE,
    /// Give up for good: another try would end the same.
    REFUSE,
    /// Connect anew.
    RECONNECT,
    /// Connect anew after a longer pause: another session, or our own dead one, holds the only
    /// place.
    WAIT,
    /// The last subscription request was not understood; earlier ones stand.
    REQUEST_REFUSED,
    /// The last subscription request was for too many symbols; earlier ones stand.
    LIMIT_REACHED
  }

  private MarketErrors() {}

  static Reaction reactionTo(int code) {
    return switch (code) {
      // invalid syntax, invalid subscribe action for this feed
      case 400, 410 -> Reaction.REQUEST_REFUSED;
      // symbol limit exceeded
      case 405 -> Reaction.LIMIT_REACHED;
      // not authenticated, authentication timeout, internal error
      case 401, 404, 500 -> Reaction.RECONNECT;
      // connection limit exceeded
      case 406 -> Reaction.WAIT;
      // authentication failed, feed not enabled, insufficient subscription, insufficient scope
      case 402, 408, 409, 411 -> Reaction.REFUSE;
      // 403 already authenticated, 407 slow client, and what is not known
      default -> Reaction.IGNORE;
    };
  }
}
