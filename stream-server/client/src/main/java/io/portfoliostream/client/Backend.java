package io.portfoliostream.client;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Rest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The server as the driver needs it, for one session. The REST calls block and throw
/// [StreamApiException].
interface Backend {
  /// Begins to open a socket; `listener` hears how it went.
  ///
  /// @param replaces the connection that this one takes the place of
  Socket connect(@Nullable String replaces, SocketListener listener);

  Rest.Portfolio portfolio();

  Rest.Health health();

  Rest.StreamStatus streamStatus();

  Rest.OrderAccepted submit(OrderRequest order, String idempotencyKey);

  /// A socket that is open or on its way.
  interface Socket {
    /// Sends a text frame; what cannot be sent ends the connection.
    void send(String text);

    /// Lets the next text come: there is none before the last one was dealt with.
    void more();

    /// Says goodbye and cuts the connection soon after, also one that is still being opened. The
    /// listener hears nothing more that matters.
    CompletableFuture<Boolean> close(int code);
  }

  /// Hears what a socket does, on any thread.
  interface SocketListener {
    /// A whole text came; the next one waits for [Socket#more].
    void text(String text);

    /// Something came that is not a text: the other end lives.
    void heard();

    /// The upgrade was answered with another status than 101.
    ///
    /// @param code of the problem in the body, where there was one
    void refused(int status, @Nullable String code, @Nullable Duration retryAfter);

    /// It ended or could not be opened.
    ///
    /// @param code of the close frame, or [ConnectionMachine#ABNORMAL]
    void lost(int code, String reason);
  }
}
