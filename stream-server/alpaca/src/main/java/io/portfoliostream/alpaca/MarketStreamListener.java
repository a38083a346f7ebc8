package io.portfoliostream.alpaca;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Receives what the market data stream delivers, one call at a time and in order, never
/// concurrently.
///
/// Calls should return soon: the stream reads on only afterwards.
public interface MarketStreamListener {

  /// The connection entered another state; [StreamState.Live] comes once per connection.
  void onState(StreamState state);

  /// The trades of one frame, oldest first.
  void onTrades(List<MarketTrade> trades, Instant receivedAt);

  /// The quotes of one frame, oldest first.
  default void onQuotes(List<MarketQuote> quotes, Instant receivedAt) {}

  /// A symbol was halted, resumed, or the like.
  default void onStatus(MarketStatus status, Instant receivedAt) {}

  /// The broker confirmed a change of the subscription.
  ///
  /// @param symbols all that are subscribed to now
  default void onSubscribed(Set<String> symbols) {}

  /// The plan allows no more symbols: of those wanted, the others must be had otherwise.
  ///
  /// @param symbols how many are subscribed to
  default void onLimit(int symbols) {}

  /// The broker reported an error; what it means for the connection, the stream itself decides.
  ///
  /// @param code Alpaca's number, for example 405 when the plan allows no more symbols
  void onError(int code, String message);
}
