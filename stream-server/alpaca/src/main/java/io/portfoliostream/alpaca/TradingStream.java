package io.portfoliostream.alpaca;

import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Optional;

/// The trading stream of one account: its order events, as they happen, over a connection that
/// comes back.
///
/// The stream has no replay. After each [StreamState.Live] the listener's owner reconciles by REST;
/// updates that arrive meanwhile are delivered in order. Safe for several threads.
public final class TradingStream implements AutoCloseable {
  private final TradingProtocol protocol;
  private final StreamConnection connection;

  /// Creates a stream; it opens nothing before [#start].
  public TradingStream(
      AlpacaEndpoints endpoints,
      AlpacaCredentials credentials,
      HttpClient http,
      TradingStreamListener listener,
      StreamPolicy policy,
      StreamRuntime runtime) {
    this.protocol = new TradingProtocol(endpoints.tradingStream(), credentials, policy, listener);
    this.connection =
        new StreamConnection(
            "Trading stream of " + credentials.label(),
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

  /// Where the connection stands.
  public StreamState state() {
    return connection.state();
  }

  /// When the last frame or pong arrived, of whatever connection.
  public Optional<Instant> lastFrameAt() {
    return connection.lastFrameAt();
  }

  /// How many frames were ignored because they made no sense.
  public long ignoredFrames() {
    return protocol.ignoredFrames();
  }

  /// Gives the present connection up and makes another: for a stream that turns out to be mute.
  public void reconnect(String cause) {
    connection.reconnect(cause);
  }

  /// Closes the connection with a close frame, so that the broker frees its slot.
  @Override
  public void close() {
    connection.close();
  }
}
