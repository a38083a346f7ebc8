package io.portfoliostream.alpaca;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The four addresses of one Alpaca environment.
///
/// @param trading base of the trading REST API, without a path
/// @param tradingStream the WebSocket of the trading stream
/// @param data base of the market data REST API, without a path
/// @param dataStream the WebSocket of one market data feed; its last path segment names the feed
public record AlpacaEndpoints(URI trading, URI tradingStream, URI data, URI dataStream) {
  private static final Pattern FEED = Pattern.compile("[a-z_]{1,20}");

  /// Checks that REST addresses are HTTP and stream addresses are WebSocket addresses.
  public AlpacaEndpoints {
    requireScheme("trading", trading, Set.of("http", "https"));
    requireScheme("tradingStream", tradingStream, Set.of("ws", "wss"));
    requireScheme("data", data, Set.of("http", "https"));
    requireScheme("dataStream", dataStream, Set.of("ws", "wss"));
  }

  /// Alpaca's paper trading environment.
  ///
  /// @param feed market data feed, for example `iex`, `sip` or `test`
  public static AlpacaEndpoints paper(String feed) {
    return alpaca("paper-api.alpaca.markets", feed);
  }

  /// Alpaca's live trading environment.
  ///
  /// @param feed market data feed, for example `iex`, `sip` or `test`
  public static AlpacaEndpoints live(String feed) {
    return alpaca("api.alpaca.markets", feed);
  }

  /// The name of the market data feed.
  public String feed() {
    var path = String.valueOf(dataStream.getPath());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static AlpacaEndpoints alpaca(String host, String feed) {
    if (!FEED.matcher(feed).matches()) {
      throw new IllegalArgumentException("not a feed: " + feed);
    }
    return new AlpacaEndpoints(
        URI.create("https://" + host),
        URI.create("wss://" + host + "/stream"),
        URI.create("https://data.alpaca.markets"),
        URI.create("wss://stream.data.alpaca.markets/v2/" + feed));
  }

  private static void requireScheme(String name, URI uri, Set<String> schemes) {
    var scheme = uri.getScheme();
    if (scheme == null
        || !schemes.contains(scheme.toLowerCase(Locale.ROOT))
        || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "%s must be an address with one of %s: %s".formatted(name, schemes, uri));
    }
  }
}
