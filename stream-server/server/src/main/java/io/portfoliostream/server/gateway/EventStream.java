package io.portfoliostream.server.gateway;

import static java.lang.System.Logger.Level.ERROR;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A client's events from the answer to the end of the socket. Runs on the connection's virtual
/// thread, which reads on so that the end of the client is found at once.
///
/// @param subscribe the client's one message
/// @param onEnd runs at last, whatever happened
record EventStream(
    DataReader socket, Pipe pipe, Conversation conversation, String subscribe, Runnable onEnd)
    implements Takeover {
  private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

  @Override
  public void run(Headers headers) {
    pipe.readBy(Thread.currentThread());
    try {
      pipe.answer(head(headers));
      conversation.text(subscribe);
      discard();
    } catch (InsufficientDataAvailableException
        | CloseConnectionException
        | UncheckedIOException
        | IOException _) {
      // The client went away, or was cut: told below.
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a stream of events failed by our own fault", e);
    } finally {
      end();
    }
  }

  private void end() {
    try {
      pipe.ended();
      conversation.gone();
    } finally {
      onEnd.run();
    }
  }

  /// A client of events has nothing more to say.
  private void discard() {
    while (!pipe.isKilled()) {
      var _ = socket.readBuffer();
    }
  }

  private static byte[] head(Headers headers) {
    var head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (var header : headers) {
      for (var value : header.allValues()) {
        head.append(header.name()).append(": ").append(value).append("\r\n");
      }
    }
    head.append("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    return head.toString().getBytes(ISO_8859_1);
  }
}
