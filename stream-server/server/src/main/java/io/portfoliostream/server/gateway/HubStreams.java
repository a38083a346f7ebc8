package io.portfoliostream.server.gateway;

import io.portfoliostream.server.bus.Admission;
import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Client;
import io.portfoliostream.server.stream.StreamConnection;
import io.portfoliostream.server.stream.StreamHub;
import io.portfoliostream.server.stream.Transport;

/// The streams of this node, with places counted on all nodes.
///
/// @param limit places that a user has
record HubStreams(StreamHub hub, EventBus bus, int limit) implements Streams {

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
    return new HubConversation(hub.open(client, transport));
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
