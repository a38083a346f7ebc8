package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portfoliostream.server.bus.Admission;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Client;
import io.portfoliostream.server.stream.Transport;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Streams that say nothing by themselves and remember what they heard.
final class FakeStreams implements Streams, AutoCloseable {
  final InProcessBus bus = new InProcessBus();
  final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
  volatile @Nullable RuntimeException failure;

  private final int limit;

  FakeStreams(int limit) {
    this.limit = limit;
  }

  /// What was heard of a client.
  sealed interface Heard {
    /// A message.
    record Text(String message) implements Heard {}

    /// A ping.
    record Pinged() implements Heard {}

    /// A pong.
    record Ponged(String payload) implements Heard {}

    /// A sign of life that is no word.
    record Alive() implements Heard {}

    /// A message over the limit.
    record TooBig() implements Heard {}

    /// A goodbye.
    record Goodbye(int code) implements Heard {}

    /// The end.
    record Gone() implements Heard {}
  }

  /// A conversation.
  record Opened(Client client, Transport transport, BlockingQueue<Heard> heard) {
    Heard next() throws InterruptedException {
      var next = heard.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was heard of the client");
      }
      return next;
    }
  }

  /// The conversation that was opened next.
  Opened next() throws InterruptedException {
    var next = opened.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no conversation was opened");
    }
    return next;
  }

  @Override
  public boolean admit(Client client) {
    return bus.admit(client.user(), client.connectionId(), limit) instanceof Admission.Admitted;
  }

  @Override
  public void release(UserId user, String connectionId) {
    bus.release(user, connectionId);
  }

  @Override
  public Conversation open(Client client, Transport transport) {
    if (failure != null) {
      throw failure;
    }
    var conversation = new Opened(client, transport, new LinkedBlockingQueue<>());
    opened.add(conversation);
    return new Listening(conversation);
  }

  @Override
  public void close() {
    bus.close();
  }

  private record Listening(Opened conversation) implements Conversation {
    @Override
    public void text(String message) {
      conversation.heard().add(new Heard.Text(message));
    }

    @Override
    public void ping() {
      conversation.heard().add(new Heard.Pinged());
    }

    @Override
    public void pong(byte[] payload) {
      conversation.heard().add(new Heard.Ponged(new String(payload, UTF_8)));
    }

    @Override
    public void heard() {
      conversation.heard().add(new Heard.Alive());
    }

    @Override
    public void tooBig() {
      conversation.heard().add(new Heard.TooBig());
      try {
        conversation.transport().close(1009, "too big");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void peerClosed(int code) {
      conversation.heard().add(new Heard.Goodbye(code));
    }

    @Override
    public void gone() {
      conversation.heard().add(new Heard.Gone());
    }
  }
}
