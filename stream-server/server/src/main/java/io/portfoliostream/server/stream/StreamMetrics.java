package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;

/// Where the streams count. Called from many threads and often under a lock: an implementation must
/// be quick, must not block and must not throw.
public interface StreamMetrics {

  /// A connection was opened.
  void opened();

  /// A connection ended.
  ///
  /// @param code of our close, else of the client's, else 1006
  void closed(int code, Duration lived);

  /// A text frame was written.
  void written(FrameKind kind, int bytes);

  /// A change reached the socket.
  ///
  /// @param kind either sequenced or marks
  /// @param sinceArrival from the arrival of the oldest change in the message at this server
  void delivered(FrameKind kind, Duration sinceArrival);

  /// A window of marks was rendered.
  ///
  /// @param changes price changes of held symbols that it stands for
  /// @param updates position updates that were made of them
  void conflated(long changes, int updates);

  /// A client was closed since it read too slowly.
  void slowConsumer();

  /// A client was given a whole view.
  ///
  /// @param replayed by a replay; else by a snapshot
  void answered(boolean replayed);

  /// A frame was about to be written to another user than its owner, and was not.
  void ownerMismatch();

  /// A client sent what is not a message.
  void malformed();

  /// A ping came back.
  void roundTrip(Duration duration);

  /// A client told what only it knows.
  void reported(UserId user, ClientMessage.Report report);

  /// A hole in the numbers was filled from the log.
  void gapFilled();
}
