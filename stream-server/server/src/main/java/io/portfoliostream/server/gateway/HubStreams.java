package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.server.bus.Admission;
import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Client;
import io.portfoliostream.server.stream.StreamConnection;
import io.portfoliostream.server.stream.StreamHub;
import io.portfoliostream.server.stream.Transport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The streams of this node, with places counted on all nodes.
///
/// @param limit places that a user has
/// @param realtime whether a user may stream
/// @param opened hears whose stream is opened
record HubStreams(
    StreamHub hub, EventBus bus, int limit, Predicate<UserId> realtime, Consumer<UserId> opened)
    implements Streams {

  /// Ends the streams of users who may stream no more.
  void endOutsiders() {
    hub.end(
        client -> !realtime.test(client.user()),
        CloseCode.REALTIME_DISABLED,
        "real time was switched off");
  }

  /// A client that comes back while its dead connection still counts gets that one's place.
  @Override
  public boolean admit(Client client) {
    if (client.replaces() != null && hub.replace(client.user(), client.replaces())) {
      bus.release(client.user(), client.replaces());
    }
    return switch (bus.admit(client.user(), client.connectionId(), limit)) {
      case Admission.Admitted _ -> true;
      case Admission.LimitReached _ -> false;
    };
  }

  @Override
  public void release(UserId user, String connectionId) {
    bus.release(user, connectionId);
  }

  @Override
  public Conversation open(Client client, Transport transport) {
    var connection = hub.open(client, transport);
    opened.accept(client.user());
    if (!realtime.test(client.user())) {
      // Switched off between the decision and now: the switch may not have seen this one.
      endOutsiders();
    }
    return new HubConversation(connection);
  }

  private record HubConversation(StreamConnection connection) implements Conversation {
    @Override
    public void text(String message) {
      connection.text(message);
    }

    @Override
    public void ping() {
      connection.ping();
    }

    @Override
    public void pong(byte[] payload) {
      connection.pong(payload);
    }

    @Override
    public void heard() {
      connection.heard();
    }

    @Override
    public void tooBig() {
      connection.tooBig();
    }

    @Override
    public void peerClosed(int code) {
      connection.peerClosed(code);
    }

    @Override
    public void gone() {
      connection.gone();
    }
  }
}
