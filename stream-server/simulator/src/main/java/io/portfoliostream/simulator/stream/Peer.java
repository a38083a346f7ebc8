package io.portfoliostream.simulator.stream;

/// The other end of a stream, as far as a session may touch it. No method blocks.
public interface Peer {

  /// Sends a whole message; one that is too slow to take it is cut.
  void send(byte[] message);

  /// Says goodbye, and cuts the connection if the other end does not.
  void close(int code, String reason);

  /// Cuts the connection without a word.
  void cut();
}
