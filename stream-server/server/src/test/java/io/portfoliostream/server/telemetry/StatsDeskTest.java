package io.portfoliostream.server.telemetry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Timer;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.protocol.Operations.Stats;
import io.portfoliostream.protocol.Operations.Timing;
import io.portfoliostream.server.alerts.AlertBoard;
import io.portfoliostream.server.alerts.AlertRule;
import io.portfoliostream.server.alerts.Sample;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Delivery;
import io.portfoliostream.server.stream.FrameKind;
import io.portfoliostream.server.stream.StreamStats;
import io.portfoliostream.server.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatsDeskTest {
  private static final UserId ADA = new UserId("ada");

  private final ManualClock clock = ManualClock.atNoon();
  private final Telemetry telemetry = new Telemetry("n1");
  private final StreamMeters meters = new StreamMeters(telemetry.registry());
  private final Sampler sampler = new Sampler(telemetry.registry(), clock, () -> true);
  private final AlertBoard board = new AlertBoard(clock.instant());
  private final StatsDesk desk = new StatsDesk("n1", telemetry.registry(), sampler::sample, board);
  private int users = 3;

  StatsDeskTest() {
    meters.show(() -> new StreamStats(users, 4, 500, 200, 7));
    look();
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  /// REQ-14: active connections, connection duration, disconnect rate.
  @Test
  void connectionsAreTold() {
    pass(Duration.ofMinutes(3));
    for (var count = 0; count < 4; count++) {
      meters.opened();
    }
    meters.closed(1000, Duration.ofSeconds(30));
    meters.closed(1006, Duration.ofMinutes(5));
    meters.refused("connection_limit");

    var told = stats().connections();

    assertThat(told.active()).isEqualTo(2);
    assertThat(told.users()).isEqualTo(3);
    assertThat(told.opened()).isEqualTo(4);
    assertThat(told.disconnects()).containsEntry("1000", 1L).containsEntry("1006", 1L);
    assertThat(told.disconnectsPerMinute()).isEqualTo(2);
    assertThat(told.unexpectedDisconnectsPerMinute()).isEqualTo(1);
    assertThat(told.refusals()).containsEntry("connection_limit", 1L);
    assertThat(told.upgradeSuccessRate()).isEqualTo(0.8);
    assertThat(told.lifetime().count()).isEqualTo(2);
    assertThat(told.lifetime().p99()).isBetween(60_000.0, 600_000.0);

    pass(Duration.ofMinutes(2));
    assertThat(stats().connections().disconnectsPerMinute()).isZero();
  }

  /// REQ-15: p50, p95 and p99 of the delivery, in milliseconds.
  @Test
  void latenciesAreToldByPercentile() {
    for (var count = 0; count < 98; count++) {
      deliver(FrameKind.SEQUENCED, 8);
    }
    deliver(FrameKind.SEQUENCED, 180);
    deliver(FrameKind.SEQUENCED, 900);
    deliver(FrameKind.MARKS, 300);

    var told = stats().delivery();

    assertThat(of(told.written(), "sequenced").count()).isEqualTo(100);
    assertThat(of(told.written(), "sequenced").p50()).isBetween(5.0, 10.0);
    assertThat(of(told.written(), "sequenced").p95()).isBetween(5.0, 10.0);
    assertThat(of(told.written(), "sequenced").p99()).isBetween(150.0, 200.0);
    assertThat(of(told.written(), "marks").p50()).isBetween(200.0, 300.0);
    assertThat(of(told.client(), "sequenced").p50()).isBetween(20.0, 50.0);
    assertThat(of(told.stages(), "sequenced.outbox").count()).isEqualTo(100);
    assertThat(of(told.stages(), "marks.conflation").count()).isEqualTo(1);
    assertThat(told.applied().p50()).isNull();
  }

  @Test
  void latenciesAreThoseOfTheLastMinutes() {
    deliver(FrameKind.SEQUENCED, 900);
    pass(Duration.ofMinutes(6));
    deliver(FrameKind.SEQUENCED, 8);

    var told = stats();

    assertThat(told.windowSeconds()).isEqualTo(300);
    assertThat(of(told.delivery().written(), "sequenced").count()).isEqualTo(1);
    assertThat(of(told.delivery().written(), "sequenced").p99()).isLessThanOrEqualTo(10);
  }

  @Test
  void whatClientsReportIsTold() {
    meters.opened();
    meters.opened();
    meters.reported(ADA, new Report(new Report.Rendered(10, 40, 90, 95), 3L, "attempts_exhausted"));

    var told = stats();

    assertThat(told.delivery().applied().count()).isEqualTo(10);
    assertThat(told.delivery().applied().p50()).isBetween(20.0, 50.0);
    assertThat(told.clients().drift()).isEqualTo(3);
    assertThat(told.clients().fallbacks()).containsEntry("attempts_exhausted", 1L);
    assertThat(told.clients().fallbackRate()).isEqualTo(0.5);
  }

  @Test
  void theConflationAndTheAnswersAreTold() {
    meters.conflated(95, 5);
    meters.answered(true);
    meters.answered(false);
    meters.slowConsumer();
    meters.written(FrameKind.MARKS, 700);

    var told = stats();

    assertThat(told.messages().conflationRatio()).isEqualTo(19);
    assertThat(told.messages().replays()).isEqualTo(1);
    assertThat(told.messages().snapshots()).isEqualTo(1);
    assertThat(told.messages().bytes()).containsEntry("marks", 700L);
    assertThat(told.outboxes().waitingBytes()).isEqualTo(500);
    assertThat(told.outboxes().largestBytes()).isEqualTo(200);
    assertThat(told.outboxes().slowConsumers()).isEqualTo(1);
    assertThat(told.memory().heapUsedBytes()).isPositive();
  }

  @Test
  void whoCameBackInTimeIsTold() {
    assertThat(stats().connections().reconnects().successRate()).isNull();
    for (var count = 0; count < 19; count++) {
      meters.returned(Duration.ofSeconds(2));
    }
    meters.stayedAway();

    var told = stats().connections().reconnects();

    assertThat(told.successRate()).isEqualTo(0.95);
    assertThat(told.after().p95()).isLessThanOrEqualTo(2_000);
  }

  /// The specification's target: less than 5 disconnects per user and day.
  @Test
  void disconnectsPerUserAndDayAreMeasuredByTheTimeThatUsersWereThere() {
    users = 24;
    pass(Duration.ofHours(1));
    meters.opened();
    meters.closed(1006, Duration.ofMinutes(1));

    assertThat(stats().connections().disconnectsPerUserPerDay()).isCloseTo(1.0, within(0.01));
  }

  @Test
  void aRequestThatFailsIsAFaultAndAnUnhealthyAnswerIsNone() {
    call("/api/portfolio", 200);
    call("/api/portfolio", 500);
    call("/api/health", 503);
    meters.refused("unavailable");
    meters.refused("unauthenticated");
    meters.failed();

    var counts = sampler.sample().counts();

    assertThat(counts.requests()).isEqualTo(4);
    assertThat(counts.requestFaults()).isEqualTo(2);
    assertThat(counts.messageFaults()).isEqualTo(1);
  }

  /// REQ-15: the alert is judged by the real meters.
  @Test
  void slowDeliveriesFireTheAlert() {
    for (var count = 0; count < 40; count++) {
      deliver(FrameKind.MARKS, 1_600);
    }
    look();

    assertThat(board.alerts())
        .filteredOn(alert -> alert.rule() == AlertRule.DELIVERY_LATENCY)
        .allSatisfy(alert -> assertThat(alert.value()).isBetween(1_000.0, 2_000.0));
    assertThat(board.firing()).isEqualTo(1);
  }

  @Test
  void withoutAnyTrafficEveryFigureIsThereOrAbsent() {
    var told = stats();

    assertThat(told.node()).isEqualTo("n1");
    assertThat(told.connections().upgradeSuccessRate()).isNull();
    assertThat(told.delivery().written()).containsOnlyKeys(Sample.SEQUENCED, Sample.MARKS);
    assertThat(told.messages().written().values()).containsOnly(0L);
    assertThat(told.clients().fallbacks()).isNotEqualTo(Map.of());
  }

  private static Timing of(Map<String, Timing> timings, String name) {
    return requireNonNull(timings.get(name));
  }

  private Stats stats() {
    return desk.stats();
  }

  private void look() {
    board.judge(sampler.sample());
  }

  private void pass(Duration span) {
    for (var passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plusSeconds(5)) {
      clock.advance(Duration.ofSeconds(5));
      look();
    }
  }

  private void deliver(FrameKind kind, int millis) {
    meters.delivered(
        kind,
        new Delivery(
            Duration.ZERO, Duration.ofMillis(millis), Duration.ZERO, Duration.ofMillis(40)));
  }

  private void call(String path, int status) {
    Timer.builder("http.server.requests")
        .tag("method", "GET")
        .tag("path", path)
        .tag("status", Integer.toString(status))
        .register(telemetry.registry())
        .record(Duration.ofMillis(3));
  }
}
