package io.portfoliostream.alpaca;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one frame of the market data stream holds.
///
/// @param unreadable elements that lacked what they need
record MarketFrame(
    List<MarketTrade> trades,
    List<MarketQuote> quotes,
    List<MarketStatus> statuses,
    List<Control> controls,
    int unreadable) {

  /// Takes the lists over; nobody else may hold them.
  MarketFrame {
    trades = Collections.unmodifiableList(trades);
    quotes = Collections.unmodifiableList(quotes);
    statuses = Collections.unmodifiableList(statuses);
    controls = Collections.unmodifiableList(controls);
  }

  /// A message about the connection itself.
  sealed interface Control {}

  /// The welcome.
  record Welcome() implements Control {}

  /// The credentials were accepted.
  record Authenticated() implements Control {}

  /// The complete current subscription: symbols by channel.
  record Subscription(Map<String, Set<String>> symbols) implements Control {}

  /// An error of the connection or of the last request.
  record Failure(int code, String message) implements Control {}
}
