package io.portfoliostream.simulator.faults;

/// A client's connection, as far as faults may touch it. No method blocks.
public interface Wire {

  /// Ends the connection without a word of the WebSocket protocol.
  void cut();

  /// Ends the connection by a reset.
  void reset();

  /// Says goodbye.
  void close(int code, String reason);

  /// Sends a frame as it is, which no fault holds back.
  void write(byte[] payload, boolean binary);

  /// Sends a message as the stream would.
  void send(byte[] message);
}
