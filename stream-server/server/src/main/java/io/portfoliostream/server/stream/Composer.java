package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;

/// Makes the frames of one user.
record Composer(UserId owner, StreamContext context) {

  /// A message that carries no change.
  Frame.Text message(FrameKind kind, long prevSeq, long seq, Payload payload) {
    return new Frame.Text(owner, kind, encode(context.now(), prevSeq, seq, payload), null);
  }

  /// A message whose oldest change came along `trail`.
  Frame.Text change(FrameKind kind, Trail trail, long prevSeq, long seq, Payload payload) {
    return new Frame.Text(owner, kind, encode(trail.arrivedAt(), prevSeq, seq, payload), trail);
  }

  byte[] encode(Instant timestamp, long prevSeq, long seq, Payload payload) {
    return ServerMessageCodec.encode(
        new ServerMessage(timestamp, owner.value(), prevSeq, seq, payload));
  }
}
