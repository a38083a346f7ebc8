package io.portfoliostream.simulator.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.portfoliostream.simulator.json.Encoding;
import io.portfoliostream.simulator.stream.Session;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/// Puts the frames of one WebSocket together to messages for its session, and answers pings.
///
/// Nothing may be thrown into the web server, which would send the exception's text to the client.
final class SocketListener implements WsListener {
  private static final Logger LOG = System.getLogger(SocketListener.class.getName());
  private static final int LONGEST_MESSAGE = 1 << 18;
  private static final int TOO_BIG = 1009;
  private static final int INTERNAL_ERROR = 1011;

  private final SocketPeer peer;
  private final Session session;
  private final Encoding encoding;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private volatile boolean saidGoodbye;

  /// A listener of a session.
  ///
  /// @param encoding of what the client says
  SocketListener(SocketPeer peer, Session session, Encoding encoding) {
    this.peer = peer;
    this.session = session;
    this.encoding = encoding;
  }

  /// Whether the client said goodbye.
  boolean saidGoodbye() {
    return saidGoodbye;
  }

  @Override
  public void onOpen(WsSession socket) {
    guarded(session::opened);
  }

  @Override
  public void onMessage(WsSession socket, String text, boolean last) {
    part(text.getBytes(StandardCharsets.UTF_8), last);
  }

  @Override
  public void onMessage(WsSession socket, BufferData data, boolean last) {
    part(data.readBytes(), last);
  }

  @Override
  public void onPing(WsSession socket, BufferData data) {
    guarded(() -> peer.pong(data.readBytes()));
  }

  @Override
  public void onClose(WsSession socket, int code, String reason) {
    saidGoodbye = true;
  }

  @Override
  public void onError(WsSession socket, Throwable failure) {
    LOG.log(Level.DEBUG, "a stream failed", failure);
  }

  private void part(byte[] bytes, boolean last) {
    guarded(() -> {
      if (message.size() + bytes.length > LONGEST_MESSAGE) {
        peer.close(TOO_BIG, "message too big");
        return;
      }
      message.writeBytes(bytes);
      if (last) {
        var whole = encoding.text(message.toByteArray());
        message.reset();
        session.received(whole);
      }
    });
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a stream session failed", e);
      peer.close(INTERNAL_ERROR, "internal error");
    }
  }
}
