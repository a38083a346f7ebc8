package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A hub with everything around it under the test's control.
final class Stage {
  static final UserId ANN = new UserId("ann");
  static final UserId BOB = new UserId("bob");

  final VirtualTime time = new VirtualTime();
  final MemoryLedger ledger = new MemoryLedger();
  final InProcessBus bus = new InProcessBus();
  final MarkBook marks = new MarkBook();
  final FeedBoard feeds = new FeedBoard(time.instant());
  final Interest interest = new Interest();
  final CountingMetrics metrics = new CountingMetrics();
  final Set<String> revoked = new HashSet<>();
  final StreamHub hub;
  private int opened;

  Stage() {
    this(StreamSettings.defaults("node-1"));
  }

  Stage(StreamSettings settings) {
    this.hub =
        new StreamHub(
            settings,
            new StreamSources(
                ledger,
                bus,
                marks,
                feeds,
                interest,
                ids -> {
                  var _ = ledger.positions(Set.of());
                  return ids.stream()
                      .filter(id -> !revoked.contains(id))
                      .collect(Collectors.toUnmodifiableSet());
                }),
            new StreamRuntime(time, time, time, time, new SplittableRandom(1), metrics));
  }

  /// One client's end.
  record Seat(StreamConnection connection, RecordingTransport pipe, Stage stage) {
    void say(ClientMessage message) {
      connection.text(ClientMessageCodec.encode(message));
      stage.time.settle();
    }

    void subscribe() {
      say(new Subscribe(null, null, null, null));
    }

    void subscribe(Set<Channel> channels) {
      say(new Subscribe(channels, null, null, null));
    }

    void resume(String epoch, long seq) {
      say(new Subscribe(null, null, null, new StreamPosition(epoch, seq)));
    }
  }

  static Client client(UserId user, String id, @Nullable String replaces) {
    return new Client(user, "s-" + user, id, replaces, "10.0.0.1", "test");
  }

  /// Opens a connection; its welcome is on the pipe.
  Seat open(UserId user) {
    return open(client(user, "c" + ++opened, null));
  }

  Seat open(Client client) {
    var pipe = new RecordingTransport();
    var connection = hub.open(client, pipe);
    time.settle();
    return new Seat(connection, pipe, this);
  }

  /// Opens and subscribes to everything; nothing is left on the pipe.
  Seat live(UserId user) {
    var seat = open(user);
    seat.subscribe();
    var _ = seat.pipe().take();
    return seat;
  }

  /// Books, and tells the bus.
  Booking book(UserId user, PortfolioEvent... events) {
    var booking = bookQuietly(user, events);
    bus.publish(booking);
    time.settle();
    return booking;
  }

  /// Books; the bus loses it.
  Booking bookQuietly(UserId user, PortfolioEvent... events) {
    return ledger.book(user, time.instant(), List.of(events));
  }

  /// A price changes now.
  void tick(String symbol, String price) {
    bus.publishTicks(List.of(Events.mark(symbol, price, time.instant())));
    time.settle();
  }

  void wait(int millis) {
    time.advance(Duration.ofMillis(millis));
  }
}
