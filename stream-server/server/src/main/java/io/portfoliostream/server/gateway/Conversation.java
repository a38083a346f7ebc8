package io.portfoliostream.server.gateway;

/// What the stream hears of one client. Called by the thread that reads the client's socket.
interface Conversation {
  /// A whole message.
  void text(String message);

  /// A ping, which was answered already.
  void ping();

  /// The answer to a ping of ours.
  void pong(byte[] payload);

  /// The client is there, as is known without a word of it. Called by any thread.
  void heard();

  /// A message over the limit: nothing more can be read.
  void tooBig();

  /// The client said goodbye, or must be taken to have: `code` is why.
  void peerClosed(int code);

  /// The socket ended, for whatever reason. Always called, exactly once, at last.
  void gone();
}
