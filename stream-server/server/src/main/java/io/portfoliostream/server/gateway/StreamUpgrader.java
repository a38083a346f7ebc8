package io.portfoliostream.server.gateway;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.server.gateway.Doorkeeper.Decision.Away;
import io.portfoliostream.server.gateway.Doorkeeper.Decision.Welcome;
import io.portfoliostream.server.gateway.Doorkeeper.Peer;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.stream.Client;
import io.portfoliostream.server.stream.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The upgrade of a connection to a stream: refuses in HTTP, with a body that says why, or answers
/// 101 and hands the socket to a [StreamSocket].
///
/// It runs before the web server's routing, filters and security, so that all of that is done here.
final class StreamUpgrader extends WsUpgrader {
  static final String PATH = "/ws/portfolio";

  private static final System.Logger LOG = System.getLogger(StreamUpgrader.class.getName());

  private final Doorkeeper doorkeeper;
  private final Streams streams;
  private final Sockets sockets;
  private final Consumer<Problem> onRefused;

  /// @param onRefused hears each refusal
  StreamUpgrader(
      Doorkeeper doorkeeper, Streams streams, Sockets sockets, Consumer<Problem> onRefused) {
    super(WsConfig.create());
    this.doorkeeper = doorkeeper;
    this.streams = streams;
    this.sockets = sockets;
    this.onRefused = onRefused;
  }

  /// How sockets behave.
  ///
  /// @param messageBytes the largest message taken from a client
  /// @param closeGrace from our close frame to the end of the socket
  record Sockets(int messageBytes, Scheduler timer, Duration closeGrace) {}

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext socket, HttpPrologue prologue, WritableHeaders<?> headers) {
    if (!prologue.uriPath().path().equals(PATH)) {
      return null;
    }
    var handshake = new Handshake(prologue, headers);
    try {
      return switch (doorkeeper.decide(handshake, peer(socket))) {
        case Away(var answer) -> refused(socket, answer);
        case Welcome(var client) -> admit(socket, handshake, client);
      };
    } catch (LedgerUnavailable e) {
      LOG.log(WARNING, "an upgrade was refused: {0}", e.getMessage());
      return refused(socket, Answer.unavailable());
    } catch (RuntimeException e) {
      LOG.log(ERROR, "an upgrade failed by our own fault", e);
      return refused(socket, Answer.fault());
    }
  }

  private static Peer peer(ConnectionContext socket) {
    return new Peer(socket.remotePeer().address(), socket.isSecure());
  }

  private ServerConnection admit(ConnectionContext socket, Handshake handshake, Client client) {
    if (!streams.admit(client)) {
      return refused(socket, Doorkeeper.full());
    }
    var open = false;
    try {
      var connection = open(socket, handshake, client);
      open = true;
      return connection;
    } finally {
      if (!open) {
        streams.release(client.user(), client.connectionId());
      }
    }
  }

  private ServerConnection open(ConnectionContext socket, Handshake handshake, Client client) {
    var pipe = new Pipe(socket, sockets.timer(), sockets.closeGrace());
    var transport = new SocketTransport(pipe);
    var conversation = streams.open(client, transport);
    var connection =
        new StreamSocket(
            socket,
            transport,
            conversation,
            () -> streams.release(client.user(), client.connectionId()),
            sockets.messageBytes());
    try {
      pipe.answer(switchingProtocols(socket, handshake));
    } catch (IOException e) {
      // The client went away: the connection finds out by itself, and gives everything back.
      pipe.kill();
    }
    return connection;
  }

  private byte[] switchingProtocols(ConnectionContext socket, Handshake handshake) {
    var key = handshake.all(WS_KEY).getFirst();
    return (SWITCHING_PROTOCOL_PREFIX + hash(socket, key) + SWITCHING_PROTOCOLS_SUFFIX)
        .getBytes(US_ASCII);
  }

  private ServerConnection refused(ConnectionContext socket, Answer answer) {
    answer.problem().ifPresent(onRefused);
    return new RefusedUpgrade(socket, answer);
  }
}
