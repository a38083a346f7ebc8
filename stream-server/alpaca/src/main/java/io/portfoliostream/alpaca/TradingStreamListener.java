package io.portfoliostream.alpaca;

/// Receives what the trading stream delivers, one call at a time and in order, never concurrently.
///
/// Calls should return soon: the stream reads on only afterwards.
public interface TradingStreamListener {

  /// The connection entered another state; [StreamState.Live] comes once per connection.
  void onState(StreamState state);

  /// An update arrived, be it known or not; duplicates and updates of unknown orders are possible.
  void onUpdate(TradeUpdate update);

  /// A trade update could not be read: something happened to the account that only REST can tell.
  ///
  /// @param problem names the field
  /// @param raw the message as it came, cut after 64 KiB
  void onUnreadable(String problem, String raw);
}
