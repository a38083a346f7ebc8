package io.portfoliostream.server.gateway;

import io.portfoliostream.server.stream.Transport;
import java.io.IOException;

/// Server-Sent Events as the pipe to a client.
///
/// The client cannot answer a heartbeat, so one that could be written counts as heard: a client
/// that does not read is found by the write that blocks.
final class EventTransport implements Transport {
  private final Pipe pipe;
  private final EventFrames frames;
  private volatile Runnable onHeartbeat = () -> {};

  EventTransport(Pipe pipe, EventFrames frames) {
    this.pipe = pipe;
    this.frames = frames;
  }

  /// Tells `listener` of each heartbeat that was written from now on.
  void onHeartbeat(Runnable listener) {
    onHeartbeat = listener;
  }

  @Override
  public void write(byte[] utf8) throws IOException {
    pipe.write(frames.message(utf8));
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    pipe.write(EventFrames.heartbeat());
    onHeartbeat.run();
  }

  @Override
  public void close(int code, String reason) {
    pipe.finish(EventFrames.close(code, reason));
  }

  @Override
  public void kill() {
    pipe.kill();
  }
}
