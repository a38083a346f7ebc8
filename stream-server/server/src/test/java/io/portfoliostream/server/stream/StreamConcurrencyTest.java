package io.portfoliostream.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.Outcome.Applied;
import io.portfoliostream.client.Outcome.DigestDiffers;
import io.portfoliostream.client.Outcome.GapFound;
import io.portfoliostream.client.Outcome.Rejected;
import io.portfoliostream.client.PortfolioReplica;
import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessageCodec;
import io.portfoliostream.protocol.ServerMessageCodec;
import io.portfoliostream.server.bus.InProcessBus;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.Interest;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.portfolio.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The hub on real threads: what virtual time cannot show. Nothing is lost on these pipes, so a
/// client that ever finds a gap, a wrong digest or a foreign frame has found a race.
class StreamConcurrencyTest {
  private static final List<UserId> USERS =
      List.of(new UserId("u0"), new UserId("u1"), new UserId("u2"));
  private static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "TSLA", "NVDA");
  private static final int BOOKINGS = 200;
  private static final int TICKS = 1_500;
  private static final int VISITS = 30;
  private static final long PATIENCE_SECONDS = 60;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final SharedLedger ledger = new SharedLedger();
  private final InProcessBus bus = new InProcessBus();
  private final MarkBook marks = new MarkBook();
  private final FeedBoard feeds = new FeedBoard(InstantSource.system().instant());
  private final Interest interest = new Interest();
  private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
  private final StreamHub hub = createHub();

  private StreamHub createHub() {
    var settings =
        StreamSettings.defaults("n")
            .with(
                new StreamSettings.Conflation(
                    Duration.ofMillis(5), Duration.ofMillis(2), Duration.ofSeconds(1)))
            .with(new StreamSettings.Heartbeat(Duration.ofMillis(20), Duration.ofSeconds(100)))
            .with(new StreamSettings.Limits(16 * 1024, 100_000, 20));
    return new StreamHub(
        settings,
        new StreamSources(ledger, bus, marks, feeds, interest, ids -> ids),
        new StreamRuntime(
            InstantSource.system(),
            System::nanoTime,
            Scheduler.on(timer),
            workers,
            new SplittableRandom(1),
            new NoMetrics()));
  }

  @AfterEach
  void stop() {
    hub.close();
    timer.shutdownNow();
    workers.shutdownNow();
  }

  /// One client: a replica that is fed by the connection's writer.
  private final class Visitor implements Transport {
    private final UserId user;
    private final String id;
    private final PortfolioReplica replica = new PortfolioReplica(10_000);
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile String digest = "";

    Visitor(UserId user, String id) {
      this.user = user;
      this.id = id;
    }

    StreamConnection enter() {
      var connection = hub.open(new Client(user, "s", id, null, null, null), this);
      connection.text(ClientMessageCodec.encode(new Subscribe(null, null, null, null)));
      return connection;
    }

    @Override
    public void write(byte[] utf8) {
      if (!writing.compareAndSet(false, true)) {
        mistakes.add("two writers at " + id);
      }
      var message = ServerMessageCodec.decode(new String(utf8, StandardCharsets.UTF_8));
      if (!message.userId().equals(user.value())) {
        mistakes.add("a frame of " + message.userId() + " at " + id);
      }
      var outcome = replica.apply(message);
      if (outcome instanceof GapFound
          || outcome instanceof DigestDiffers
          || outcome instanceof Rejected) {
        mistakes.add(id + ": " + outcome + " after " + message.data().messageType());
      }
      if (outcome instanceof Applied || !replica.awaitsAnswer()) {
        digest = replica.digest();
      }
      writing.set(false);
    }

    @Override
    public void ping(byte[] payload) {}

    @Override
    public void close(int code, String reason) {
      cut.set(true);
    }

    @Override
    public void kill() {
      cut.set(true);
    }
  }

  @Test
  void manyThreadsLeaveEveryClientWithWhatTheLedgerHolds() throws Exception {
    var residents = new ArrayList<Visitor>();
    var connections = new ArrayList<StreamConnection>();
    for (var user : USERS) {
      for (int i = 0; i < 2; i++) {
        var resident = new Visitor(user, user + "-r" + i);
        residents.add(resident);
        connections.add(resident.enter());
      }
    }
    try (var crowd = Executors.newCachedThreadPool()) {
      var running = new ArrayList<Future<?>>();
      USERS.forEach(user -> running.add(crowd.submit(() -> book(user))));
      USERS.forEach(user -> running.add(crowd.submit(() -> book(user))));
      running.add(crowd.submit(this::tick));
      USERS.forEach(user -> running.add(crowd.submit(() -> visit(user))));
      for (var each : running) {
        each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }

    await(() -> residents.stream().allMatch(this::holdsTheLedger));
    assertThat(mistakes).isEmpty();
    assertThat(residents).allMatch(resident -> !resident.cut.get());
    connections.forEach(StreamConnection::gone);
    await(() -> hub.stats().users() == 0);
    assertThat(hub.stats()).isEqualTo(new StreamStats(0, 0, 0, 0, 0));
    assertThat(interest.symbols()).isEmpty();
  }

  private boolean holdsTheLedger(Visitor visitor) {
    return visitor.digest.equals(new WireView(marks, feeds).digest(ledger.head(visitor.user)));
  }

  private void book(UserId user) {
    var random = new Random(user.value().hashCode());
    for (int i = 0; i < BOOKINGS; i++) {
      var symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
      var now = Instant.now();
      var booking =
          ledger.book(
              user,
              now,
              List.of(
                  Events.position(symbol, "" + random.nextInt(-2, 9), now),
                  Events.order("o" + random.nextInt(50), symbol, "new", now),
                  Events.account("" + i, now)));
      if (random.nextInt(20) > 0) {
        bus.publish(booking);
      }
    }
  }

  private void tick() {
    for (int i = 0; i < TICKS; i++) {
      bus.publishTicks(
          List.of(Events.mark(SYMBOLS.get(i % SYMBOLS.size()), "" + (100 + i), Instant.now())));
    }
  }

  private void visit(UserId user) {
    for (int i = 0; i < VISITS; i++) {
      var connection = new Visitor(user, user + "-v" + i).enter();
      connection.text(ClientMessageCodec.encode(new Ping("p")));
      connection.gone();
      connection.text(ClientMessageCodec.encode(new Ping("late")));
    }
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
