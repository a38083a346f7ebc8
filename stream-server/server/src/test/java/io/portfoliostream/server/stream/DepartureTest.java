package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static io.portfoliostream.server.stream.Stage.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Stage.Seat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepartureTest {
  private static final Duration NOTICE = Duration.ofSeconds(1);
  private static final Duration SPREAD = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Stage stage = new Stage();
  private final List<Seat> seats = new ArrayList<>();
  private final List<Integer> closedAtOnce = new ArrayList<>();
  private final Instant start = stage.time.instant();
  private boolean announced;

  @Test
  void nobodyIsLetGoBeforeTheNoticeIsOver() {
    open(5);
    var closedDuringNotice = new ArrayList<Long>();

    departure(
            pause -> {
              closedDuringNotice.add(closed());
              assertThat(announced).isTrue();
              stage.time.advance(pause);
            })
        .run();

    assertThat(closedDuringNotice.getFirst()).isZero();
    assertThat(closed()).isEqualTo(5);
  }

  @Test
  void connectionsAreLetGoInStagesWithinTheSpread() {
    open(20);

    depart();

    assertThat(closedAtOnce).allMatch(count -> count <= 2).contains(2);
    assertThat(elapsed()).isBetween(NOTICE, NOTICE.plus(SPREAD).plus(GRACE));
    assertThat(seats).allSatisfy(seat -> assertThat(seat.pipe().closeCode()).isEqualTo(1012));
  }

  @Test
  void everyClientIsToldWhyAndWhenToComeBack() {
    open(3);

    depart();

    assertThat(seats)
        .allSatisfy(seat ->
            assertThat(seat.pipe().payloads().getLast())
                .isEqualTo(new Shutdown("restart", new Shutdown.Range(200, 2_000))));
  }

  @Test
  void whatWaitedIsWrittenBeforeTheGoodbye() {
    open(1);
    stage.bus.publish(
        stage.bookQuietly(new UserId("user0"), Events.account("7", stage.time.instant())));

    depart();

    assertThat(seats.getFirst().pipe().types())
        .containsSubsequence("account_update", "shutdown")
        .endsWith("shutdown");
  }

  @Test
  void whoComesWhileTheOthersLeaveIsLetGoToo() {
    open(2);
    var late = new ArrayList<Seat>();

    departure(
            pause -> {
              if (late.size() < 3) {
                late.add(stage.open(BOB));
              }
              stage.time.advance(pause);
            })
        .run();

    assertThat(late).hasSize(3);
    assertThat(late).allSatisfy(seat -> assertThat(seat.pipe().closeCode()).isEqualTo(1012));
    assertThat(stage.open(ANN).pipe().closeCode()).isEqualTo(1012);
  }

  @Test
  void withoutConnectionsItEndsAfterTheNotice() {
    depart();

    assertThat(announced).isTrue();
    assertThat(elapsed()).isEqualTo(NOTICE);
  }

  @Test
  void socketsThatDoNotEndAreNotWaitedForLongerThanTheGrace() {
    open(1);
    seats.getFirst().pipe().breakNow();

    departure(stage.time::advance).run();

    assertThat(elapsed()).isBetween(NOTICE.plus(GRACE), NOTICE.plus(GRACE).plusMillis(20));
  }

  @Test
  void anInterruptEndsTheWaitingAndNotTheGoodbyes() {
    open(12);

    departure(
            _ -> {
              throw new InterruptedException();
            })
        .run();
    assertThat(Thread.interrupted()).isTrue();
    stage.time.settle();

    assertThat(closed()).isEqualTo(12);
  }

  private void open(int count) {
    for (var number = 0; number < count; number++) {
      seats.add(stage.live(new UserId("user" + number)));
    }
  }

  /// Sockets end as soon as they are closed.
  private void depart() {
    departure(
            pause -> {
              var before = stage.hub.stats().connections();
              stage.time.advance(pause);
              for (var seat : seats) {
                if (seat.pipe().closeCode() != null) {
                  seat.connection().gone();
                }
              }
              closedAtOnce.add(before - stage.hub.stats().connections());
            })
        .run();
  }

  private Departure departure(Departure.Pause pause) {
    return new Departure(
        stage.hub,
        () -> announced = true,
        new Departure.Plan(NOTICE, SPREAD, GRACE),
        stage.time,
        pause);
  }

  private Duration elapsed() {
    return Duration.between(start, stage.time.instant());
  }

  private long closed() {
    return seats.stream().filter(seat -> seat.pipe().closeCode() != null).count();
  }
}
