package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
  void delivered(FrameKind kind, Delivery delivery);

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

  /// A text frame came in.
  void received();

  /// Something failed by our own fault.
  void failed();

  /// A client whose connection was lost came back in time.
  ///
  /// @param after how long it was away; absent when the loss had not been noticed yet
  void returned(@Nullable Duration after);

  /// A client whose connection was lost did not come back in time.
  void stayedAway();

  /// A hole in the numbers was filled from the log.
  void gapFilled();
}
