package io.portfoliostream.server.gateway;

import static java.lang.System.Logger.Level.ERROR;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import io.portfoliostream.server.gateway.MessageAssembler.Result.Broken;
import io.portfoliostream.server.gateway.MessageAssembler.Result.Complete;
import io.portfoliostream.server.gateway.MessageAssembler.Result.Incomplete;
import io.portfoliostream.server.gateway.MessageAssembler.Result.TooBig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// The inbound half of a client's socket after its upgrade: reads frames until the socket ends, and
/// answers what concerns the transport alone.
///
/// It stands in for the web server's own WebSocket connection, which decodes fragments one by one,
/// tells nobody when a client vanishes, and answers a bad frame with an HTTP response. Runs on the
/// connection's virtual thread.
final class StreamSocket implements ServerConnection {
  private static final System.Logger LOG = System.getLogger(StreamSocket.class.getName());

  private final ConnectionContext socket;
  private final SocketTransport transport;
  private final Conversation conversation;
  private final MessageAssembler messages;
  private final Runnable onEnd;
  private final int messageBytes;

  /// @param onEnd runs at last, whatever happened
  StreamSocket(
      ConnectionContext socket,
      SocketTransport transport,
      Conversation conversation,
      Runnable onEnd,
      int messageBytes) {
    this.socket = socket;
    this.transport = transport;
    this.conversation = conversation;
    this.messages = new MessageAssembler(messageBytes);
    this.onEnd = onEnd;
    this.messageBytes = messageBytes;
  }

  @Override
  public void handle(Limit limit) {
    transport.pipe().readBy(Thread.currentThread());
    try {
      readFrames();
    } catch (InsufficientDataAvailableException
        | CloseConnectionException
        | UncheckedIOException
        | IOException _) {
      // The client went away, or was cut: told below.
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a connection failed by our own fault", e);
    } finally {
      end();
    }
  }

  private void end() {
    try {
      transport.pipe().ended();
      conversation.gone();
    } finally {
      onEnd.run();
    }
  }

  /// Never idle for the web server: silence is judged by the stream.
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    transport.kill();
  }

  private void readFrames() throws IOException {
    while (!transport.pipe().isKilled()) {
      var next = read();
      switch (next) {
        case GoOn _ -> {}
        case Ended _ -> {
          return;
        }
        case Lost _ -> discard(socket.dataReader());
      }
    }
  }

  /// What follows a frame.
  private sealed interface Next {}

  private record GoOn() implements Next {}

  /// Both sides said goodbye.
  private record Ended() implements Next {}

  /// Where the next frame begins is not known any more.
  private record Lost() implements Next {}

  private Next read() throws IOException {
    ClientWsFrame frame;
    try {
      frame =
          ClientWsFrame.read(
              socket, socket.dataReader(), Math.max(messageBytes, Frames.MAX_CONTROL));
    } catch (WsCloseException e) {
      return e.closeCode() == WsCloseCodes.TOO_BIG ? tooBig() : broken(1002, "a bad frame");
    } catch (IllegalArgumentException e) {
      return broken(1002, "an unknown kind of frame");
    }
    return isBadControl(frame) ? broken(1002, "a bad control frame") : handle(frame);
  }

  private Next handle(ClientWsFrame frame) throws IOException {
    return switch (frame.opCode()) {
      case TEXT -> data(messages.first(payload(frame), frame.fin()));
      case CONTINUATION -> data(messages.next(payload(frame), frame.fin()));
      case BINARY -> broken(1003, "text messages only");
      case CLOSE -> goodbye(payload(frame));
      case PING -> {
        var payload = payload(frame);
        if (!transport.pipe().isClosing()) {
          transport.pong(payload);
          conversation.ping();
        }
        yield new GoOn();
      }
      case PONG -> {
        conversation.pong(payload(frame));
        yield new GoOn();
      }
    };
  }

  private Next data(MessageAssembler.Result result) {
    return switch (result) {
      case Incomplete _ -> new GoOn();
      case Complete(var text) -> {
        if (!transport.pipe().isClosing()) {
          conversation.text(text);
        }
        yield new GoOn();
      }
      case TooBig _ -> tooBig();
      case Broken(var code, var reason) -> broken(code, reason);
    };
  }

  private Next tooBig() {
    conversation.tooBig();
    return new Lost();
  }

  private Next broken(int code, String reason) {
    transport.close(code, reason);
    conversation.peerClosed(code);
    return new Lost();
  }

  private Next goodbye(byte[] payload) {
    var code = CloseFrames.code(payload);
    if (code == CloseFrames.INVALID) {
      return broken(1002, "a bad close frame");
    }
    transport.close(code == CloseFrames.NONE ? WsCloseCodes.NORMAL_CLOSE : code, "");
    conversation.peerClosed(code);
    return new Ended();
  }

  private static boolean isBadControl(ClientWsFrame frame) {
    var isControl =
        frame.opCode() == WsOpCode.CLOSE
            || frame.opCode() == WsOpCode.PING
            || frame.opCode() == WsOpCode.PONG;
    return isControl && (!frame.fin() || frame.payloadLength() > Frames.MAX_CONTROL);
  }

  private static byte[] payload(ClientWsFrame frame) {
    var data = frame.payloadData();
    var bytes = new byte[data.available()];
    var _ = data.read(bytes);
    return bytes;
  }

  /// Reads on without looking until the client ends the socket or it is cut: closing a socket with
  /// unread bytes resets it, and the client would never see the close frame.
  private static void discard(DataReader reader) {
    while (true) {
      var _ = reader.readBuffer();
    }
  }
}
