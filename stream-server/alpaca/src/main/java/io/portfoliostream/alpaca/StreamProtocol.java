package io.portfoliostream.alpaca;

import java.net.URI;
import java.time.Instant;

/// What one kind of stream says and understands on a connection. Called by one thread at a time.
interface StreamProtocol {

  /// What a protocol may do to its connection.
  interface Connection {
    /// Sends a text message, after those before it.
    void send(String message);

    /// Tells the connection's machine what a message meant.
    void signal(StreamEvent event);
  }

  /// Where to connect.
  URI uri();

  /// The socket is open.
  void onOpened(Connection connection);

  /// The credentials were accepted.
  void onAuthorized(Connection connection);

  /// A whole message arrived.
  void onMessage(byte[] message, Instant receivedAt, Connection connection);

  /// The socket is gone; what was agreed on it counts no more.
  void onDisconnected();
}
