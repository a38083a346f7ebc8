package io.portfoliostream.server.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.bus.Admission.Admitted;
import io.portfoliostream.server.bus.Admission.LimitReached;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.portfolio.PortfolioEvent.AccountChanged;
import io.portfoliostream.server.portfolio.UserId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every event bus promises. An implementation's test extends it.
abstract class EventBusContract {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final long PATIENCE_SECONDS = 5;

  private EventBus bus = new InProcessBus();

  /// A fresh bus.
  abstract EventBus create();

  /// How long to listen before "nothing came" is believed; zero where delivery is immediate.
  abstract Duration silence();

  @BeforeEach
  void open() {
    bus = create();
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private static Booking booking(UserId user, long seq) {
    var account =
        new Account(BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.ZERO, NOON);
    return new Booking(
        user, "e1", seq - 1, seq, List.of(new AccountChanged(account)), Cause.STREAM, NOON);
  }

  private static <T> @Nullable T next(BlockingQueue<T> heard) throws InterruptedException {
    return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private <T> void assertSilent(BlockingQueue<T> heard) throws InterruptedException {
    assertThat(heard.poll(silence().toMillis(), TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void aBookingReachesEveryListenerOfItsUserAndNobodyElse() throws InterruptedException {
    var ann = new LinkedBlockingQueue<Booking>();
    var alsoAnn = new LinkedBlockingQueue<Booking>();
    var bob = new LinkedBlockingQueue<Booking>();
    bus.subscribe(ANN, ann::add);
    bus.subscribe(ANN, alsoAnn::add);
    bus.subscribe(BOB, bob::add);

    bus.publish(booking(ANN, 1));

    assertThat(next(ann)).isEqualTo(booking(ANN, 1));
    assertThat(next(alsoAnn)).isEqualTo(booking(ANN, 1));
    assertSilent(bob);
  }

  @Test
  void aClosedRegistrationHearsNothingAndTakesNobodyElseWithIt() throws InterruptedException {
    var left = new LinkedBlockingQueue<Booking>();
    var stayed = new LinkedBlockingQueue<Booking>();
    var leaving = bus.subscribe(ANN, left::add);
    bus.subscribe(ANN, stayed::add);

    leaving.close();
    leaving.close();
    bus.publish(booking(ANN, 1));

    assertThat(next(stayed)).isNotNull();
    assertSilent(left);
  }

  @Test
  void whoComesBackHearsAgain() throws InterruptedException {
    bus.subscribe(ANN, _ -> {}).close();
    var heard = new LinkedBlockingQueue<Booking>();
    bus.subscribe(ANN, heard::add);

    bus.publish(booking(ANN, 7));

    assertThat(next(heard)).isEqualTo(booking(ANN, 7));
  }

  @Test
  void aListenerThatThrowsHarmsNoOther() throws InterruptedException {
    var heard = new LinkedBlockingQueue<Booking>();
    bus.subscribe(
        ANN,
        _ -> {
          throw new IllegalStateException("broken on purpose");
        });
    bus.subscribe(ANN, heard::add);

    bus.publish(booking(ANN, 1));

    assertThat(next(heard)).isNotNull();
  }

  @Test
  void ticksAndRevocationsReachEveryone() throws InterruptedException {
    var ticks = new LinkedBlockingQueue<List<Mark>>();
    var revoked = new LinkedBlockingQueue<SessionRevoked>();
    bus.onTicks(ticks::add);
    bus.onRevoked(revoked::add);
    var mark = new Mark("AAPL", new BigDecimal("190.10"), NOON, NOON.plusMillis(3));

    bus.publishTicks(List.of(mark));
    bus.revoke(new SessionRevoked("abc", ANN));

    assertThat(next(ticks)).containsExactly(mark);
    assertThat(next(revoked)).isEqualTo(new SessionRevoked("abc", ANN));
  }

  @Test
  void anAnnouncementReachesEveryoneThatStillListens() throws InterruptedException {
    var heard = new LinkedBlockingQueue<Announcement>();
    var left = new LinkedBlockingQueue<Announcement>();
    bus.onAnnounced(heard::add);
    bus.onAnnounced(left::add).close();
    var announcements =
        List.of(
            new Announcement.RealtimeChanged(true, 20, 7, NOON, "ann"),
            new Announcement.Disconnect(ANN),
            new Announcement.ClientReturned(BOB, "c1"));

    announcements.forEach(bus::announce);

    for (var count = 0; count < announcements.size(); count++) {
      assertThat(next(heard)).isIn(announcements);
    }
    assertSilent(heard);
    assertSilent(left);
  }

  /// REQ-3: a sixth connection is refused, and one that ended makes room.
  @Test
  void aConnectionOverTheLimitIsNotCounted() {
    assertThat(bus.admit(ANN, "c1", 2)).isEqualTo(new Admitted(1));
    assertThat(bus.admit(ANN, "c2", 2)).isEqualTo(new Admitted(2));
    assertThat(bus.admit(ANN, "c3", 2)).isEqualTo(new LimitReached(2));
    assertThat(bus.admit(BOB, "c4", 2)).isEqualTo(new Admitted(1));
    assertThat(bus.connections(ANN)).isEqualTo(2);

    bus.release(ANN, "c3");
    assertThat(bus.connections(ANN)).isEqualTo(2);
    bus.release(ANN, "c1");

    assertThat(bus.admit(ANN, "c3", 2)).isEqualTo(new Admitted(2));
  }

  @Test
  void aConnectionIsCountedOnce() {
    bus.admit(ANN, "c1", 1);

    assertThat(bus.admit(ANN, "c1", 1)).isEqualTo(new Admitted(1));

    bus.release(ANN, "c1");
    bus.release(ANN, "c1");
    assertThat(bus.connections(ANN)).isZero();
  }

  /// REQ-3: the limit holds however many ask at the same time.
  @Test
  void ofManyWhoAskAtOnceExactlyTheLimitIsAdmitted() throws Exception {
    var callers = 16;
    var barrier = new CyclicBarrier(callers);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          pool.invokeAll(
              IntStream.range(0, callers)
                  .<Callable<Admission>>mapToObj(caller ->
                      () -> {
                        barrier.await();
                        return bus.admit(ANN, "c" + caller, 5);
                      })
                  .toList());
      var admitted = 0;
      for (var answer : asked) {
        admitted += answer.get() instanceof Admitted ? 1 : 0;
      }

      assertThat(admitted).isEqualTo(5);
      assertThat(bus.connections(ANN)).isEqualTo(5);
    }
  }
}
