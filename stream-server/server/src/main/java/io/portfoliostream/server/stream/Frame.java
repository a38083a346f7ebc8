package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.server.portfolio.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something to be written to a connection, and whose it is. Frames are compared by identity.
@SuppressWarnings("ArrayRecordComponent")
sealed interface Frame {
  /// What a control frame counts for in an outbox.
  int SMALL = 64;

  /// The only user who may see it: checked again right before the write.
  UserId owner();

  /// How many bytes it counts for.
  default int size() {
    return SMALL;
  }

  /// A message that must not be dropped.
  ///
  /// @param trail of the oldest change in it; absent when it carries none
  record Text(UserId owner, FrameKind kind, byte[] utf8, @Nullable Trail trail) implements Frame {
    @Override
    public int size() {
      return utf8.length;
    }
  }

  /// Marks that may be taken back and rendered anew while they wait: they move no sequence.
  ///
  /// @param trail of the oldest of them
  /// @param waiting the price changes that they stand for
  record Marks(UserId owner, byte[] utf8, Trail trail, Map<String, Waiting> waiting)
      implements Frame {
    @Override
    public int size() {
      return utf8.length;
    }
  }

  /// A ping of the WebSocket protocol.
  record Ping(UserId owner, byte[] payload) implements Frame {}

  /// The last frame.
  record Close(UserId owner, CloseCode code, String reason) implements Frame {}
}
