package io.portfoliostream.server.stream;

import java.io.IOException;

/// The pipe to one client. All but [#kill] are called by the connection's only writer, never two at
/// the same time, and may block as long as the pipe is full.
public interface Transport {

  /// Writes one text frame.
  ///
  /// @param utf8 the whole message; shared with other connections, must not be changed
  void write(byte[] utf8) throws IOException;

  /// Writes a ping frame.
  void ping(byte[] payload) throws IOException;

  /// Writes a close frame; nothing is written after it.
  ///
  /// @param reason at most 123 bytes
  void close(int code, String reason) throws IOException;

  /// Cuts the pipe at once, from any thread, and frees a write that blocks. Cutting twice is
  /// harmless.
  void kill();
}
