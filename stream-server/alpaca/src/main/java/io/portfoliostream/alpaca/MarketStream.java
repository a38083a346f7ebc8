package io.portfoliostream.alpaca;

import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The market data stream of one feed, over a connection that comes back. Safe for several threads.
///
/// The broker usually allows one connection per feed and user. What was missed while disconnected
/// is not delivered later: [AlpacaMarketRest#snapshots] has the newest prices.
public final class MarketStream implements AutoCloseable {
  private static final int MAX_SYMBOL_LENGTH = 32;

  private final MarketProtocol protocol;
  private final StreamConnection connection;

  /// Creates a stream; it opens nothing before [#start].
  ///
  /// @param channels what is subscribed to for each symbol, at least one
  public MarketStream(
      AlpacaEndpoints endpoints,
      AlpacaCredentials credentials,
      HttpClient http,
      MarketStreamListener listener,
      StreamPolicy policy,
      StreamRuntime runtime,
      Set<MarketChannel> channels) {
    this.protocol =
        new MarketProtocol(endpoints.dataStream(), credentials, policy, listener, channels);
    this.connection =
        new StreamConnection(
            "Market data stream " + endpoints.feed(),
            http,
            protocol,
            policy,
            runtime,
            listener::onState);
  }

  /// Begins to connect. Further calls do nothing.
  public void start() {
    connection.start();
  }

  /// Replaces the set of wanted symbols, now and for all connections to come.
  ///
  /// @throws IllegalArgumentException when something in it cannot be a symbol
  public void subscribe(Set<String> symbols) {
    var wanted = Set.copyOf(symbols);
    wanted.forEach(MarketStream::requireSymbol);
    connection.later(() -> protocol.want(wanted, connection));
  }

  /// The symbols that the broker confirmed on the present connection: those wanted beyond them must
  /// be had otherwise.
  public Set<String> subscribed() {
    return protocol.confirmed();
  }

  /// Where the connection stands.
  public StreamState state() {
    return connection.state();
  }

  /// When the last frame or pong arrived, of whatever connection.
  public Optional<Instant> lastFrameAt() {
    return connection.lastFrameAt();
  }

  /// How many frames and elements of frames were ignored because they made no sense.
  public long ignoredFrames() {
    return protocol.ignoredFrames();
  }

  /// Gives the present connection up and makes another: for a stream that turns out to be mute.
  public void reconnect(String cause) {
    connection.reconnect(cause);
  }

  /// Closes the connection with a close frame, so that the broker frees its place.
  @Override
  public void close() {
    connection.close();
  }

  private static void requireSymbol(String symbol) {
    var isSymbol = !symbol.isEmpty() && symbol.length() <= MAX_SYMBOL_LENGTH;
    if (!isSymbol || !symbol.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("not a symbol: " + symbol);
    }
  }
}
