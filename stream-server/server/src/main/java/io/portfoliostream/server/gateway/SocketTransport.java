package io.portfoliostream.server.gateway;

import io.portfoliostream.server.stream.Transport;
import java.io.IOException;

/// A WebSocket as the pipe to a client: everything becomes a frame.
record SocketTransport(Pipe pipe) implements Transport {
  @Override
  public void write(byte[] utf8) throws IOException {
    pipe.write(Frames.text(utf8));
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    pipe.write(Frames.ping(payload));
  }

  void pong(byte[] payload) throws IOException {
    pipe.write(Frames.pong(payload));
  }

  /// Says goodbye. Harmless when it was said already.
  @Override
  public void close(int code, String reason) {
    pipe.finish(Frames.close(code, reason));
  }

  @Override
  public void kill() {
    pipe.kill();
  }
}
