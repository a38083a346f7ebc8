package io.portfoliostream.server.simulation;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.Welcome;
import io.portfoliostream.server.simulation.Faults.Kind;
import io.portfoliostream.server.stream.StreamConnection;
import io.portfoliostream.server.stream.Transport;
import io.portfoliostream.server.stream.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection between the server and a client, with a network in between that is worse than
/// TCP.
final class Wire implements Transport {
  private static final int NO_CLOSE_FRAME = 1006;
  private static final int LATENCY_MILLIS = 20;

  private final VirtualTime time;
  private final Faults faults;
  private final SimulatedClient client;
  private @Nullable StreamConnection connection;
  private boolean serverLost;
  private boolean clientLost;
  private boolean closing;
  private boolean dead;
  private long inOrderAt;
  private List<Object> told = List.of();
  private int views;

  Wire(VirtualTime time, Faults faults, SimulatedClient client) {
    this.time = time;
    this.faults = faults;
    this.client = client;
  }

  /// The server has its end.
  void attach(StreamConnection opened) {
    connection = opened;
    if (serverLost) {
      opened.gone();
    }
  }

  @Override
  public void write(byte[] utf8) throws IOException {
    requireServerEnd();
    var message = ServerMessageCodec.decode(new String(utf8, StandardCharsets.UTF_8));
    if (!tellsAnotherView(message.data()) && faults.happens(Kind.LOST)) {
      return;
    }
    if (isAnswer(message.data())) {
      inOrder(() -> client.receive(this, message));
    } else if (faults.happens(Kind.OVERTAKEN)) {
      astray(200, message);
    } else {
      inOrder(() -> client.receive(this, message));
      if (faults.happens(Kind.REPEATED)) {
        astray(100, message);
      }
    }
  }

  /// Comes late, but not after the client was told of another view.
  private void astray(int millis, ServerMessage message) {
    var sentAt = views;
    later(
        faults.upTo(millis),
        () -> {
          if (sentAt == views) {
            client.receive(this, message);
          }
        });
  }

  /// That the numbering or the subscription changed is told once, and by nothing else: a client can
  /// rely on it since what TCP brings has no holes.
  private boolean tellsAnotherView(Payload data) {
    if (!(data instanceof Subscribed answer)) {
      return false;
    }
    var view =
        List.<Object>of(answer.epoch(), answer.channels(), Optional.ofNullable(answer.symbols()));
    var isNew = !view.equals(told);
    told = view;
    views += isNew ? 1 : 0;
    return isNew;
  }

  /// Whole views come once and in order: what asks for them is told by them only.
  private static boolean isAnswer(Payload data) {
    return data instanceof Subscribed || data instanceof Welcome;
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    requireServerEnd();
    inOrder(() -> {
      client.heard(this);
      later(faults.upTo(LATENCY_MILLIS), () -> toServer(() -> opened().pong(payload)));
    });
  }

  @Override
  public void close(int code, String reason) throws IOException {
    requireServerEnd();
    closing = true;
    inOrder(() -> loseClient(code));
    later(faults.upTo(500), this::loseServer);
  }

  @Override
  public void kill() {
    loseServer();
    later(faults.upTo(LATENCY_MILLIS), () -> loseClient(NO_CLOSE_FRAME));
  }

  /// The client says something.
  void say(ClientMessage message) {
    var text = ClientMessageCodec.encode(message);
    if (!faults.happens(Kind.UNHEARD)) {
      later(faults.upTo(LATENCY_MILLIS), () -> toServer(() -> opened().text(text)));
    }
  }

  /// The cable is cut; either end may learn of it late, by silence only.
  ///
  /// @param serverKnows whether the server is told at once
  /// @param clientKnows whether the client is told at once
  void cut(boolean serverKnows, boolean clientKnows) {
    closing = true;
    if (serverKnows) {
      loseServer();
    }
    if (clientKnows) {
      loseClient(NO_CLOSE_FRAME);
    }
    dead = true;
  }

  /// The client gives up on it.
  void abandon() {
    clientLost = true;
    later(faults.upTo(LATENCY_MILLIS), this::loseServer);
  }

  private void loseServer() {
    if (!serverLost) {
      serverLost = true;
      if (connection != null) {
        opened().gone();
      }
    }
  }

  private void loseClient(int code) {
    if (!clientLost) {
      clientLost = true;
      client.lost(this, code);
    }
  }

  private void toServer(Runnable action) {
    if (!serverLost && !dead && !closing && connection != null) {
      action.run();
    }
  }

  private StreamConnection opened() {
    return requireNonNull(connection);
  }

  private void inOrder(Runnable delivery) {
    inOrderAt = Math.max(inOrderAt, time.getAsLong() + faults.upTo(LATENCY_MILLIS).toNanos());
    later(Duration.ofNanos(inOrderAt - time.getAsLong()), delivery);
  }

  private void later(Duration delay, Runnable action) {
    var _ =
        time.schedule(
            delay,
            () -> {
              if (!dead) {
                action.run();
              }
            });
  }

  private void requireServerEnd() throws IOException {
    if (serverLost) {
      throw new IOException("the pipe is gone");
    }
  }
}
