package io.portfoliostream.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.FallbackReason;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Delivery;
import io.portfoliostream.server.stream.FrameKind;
import io.portfoliostream.server.stream.StreamStats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamMetersTest {
  private static final UserId ADA = new UserId("ada");

  private final Telemetry telemetry = new Telemetry("n1");
  private final StreamMeters meters = new StreamMeters(telemetry.registry());

  @AfterEach
  void close() {
    telemetry.close();
  }

  /// REQ-14: active connections, how long they lived, and how they ended.
  @Test
  void connectionsAreCountedFromTheirBeginningToTheirEnd() {
    meters.opened();
    meters.opened();
    meters.opened();
    meters.closed(1000, Duration.ofSeconds(5));
    meters.closed(4001, Duration.ofMinutes(5));

    assertThat(telemetry.scrape())
        .contains(
            "stream_connections_active{node=\"n1\"} 1.0",
            "stream_connections_opened_total{node=\"n1\"} 3.0",
            "stream_disconnects_total{code=\"1000\",node=\"n1\"} 1.0",
            "stream_disconnects_total{code=\"4001\",node=\"n1\"} 1.0",
            "stream_connections_lifetime_seconds_bucket{node=\"n1\",le=\"10.0\"} 1",
            "stream_connections_lifetime_seconds_bucket{node=\"n1\",le=\"600.0\"} 2");
  }

  /// REQ-15: latency in buckets that add up over nodes, with bounds at the promises.
  @Test
  void deliveriesFallIntoBucketsAtThePromises() {
    meters.delivered(FrameKind.SEQUENCED, delivery(100, 0, 50, null));
    meters.delivered(FrameKind.SEQUENCED, delivery(400, 0, 50, Duration.ofMillis(80)));
    meters.delivered(FrameKind.SEQUENCED, delivery(690, 0, 10, null));
    meters.delivered(FrameKind.MARKS, delivery(-3, 0, 0, null));

    assertThat(telemetry.scrape())
        .contains(
            "stream_delivery_seconds_bucket{kind=\"sequenced\",node=\"n1\",le=\"0.2\"} 1",
            "stream_delivery_seconds_bucket{kind=\"sequenced\",node=\"n1\",le=\"0.5\"} 2",
            "stream_delivery_seconds_bucket{kind=\"sequenced\",node=\"n1\",le=\"1.0\"} 3",
            "stream_delivery_seconds_bucket{kind=\"marks\",node=\"n1\",le=\"0.001\"} 1",
            "stream_delivery_client_seconds_bucket{kind=\"sequenced\",node=\"n1\",le=\"0.4\"} 0",
            "stream_delivery_client_seconds_bucket{kind=\"sequenced\",node=\"n1\",le=\"0.5\"} 1",
            "stream_delivery_client_seconds_count{kind=\"sequenced\",node=\"n1\"} 1");
  }

  /// REQ-15: where the time goes.
  @Test
  void eachStageOfADeliveryHasItsOwnHistogram() {
    meters.delivered(FrameKind.MARKS, delivery(3, 380, 15, null));
    meters.delivered(FrameKind.SEQUENCED, delivery(40, 0, 1, null));

    assertThat(telemetry.scrape())
        .contains(
            stage("marks", "intake", "0.005", 1),
            stage("marks", "conflation", "0.3", 0),
            stage("marks", "conflation", "0.4", 1),
            stage("marks", "outbox", "0.01", 0),
            stage("marks", "outbox", "0.02", 1),
            stage("sequenced", "intake", "0.02", 0),
            stage("sequenced", "intake", "0.05", 1),
            stage("sequenced", "outbox", "0.001", 1),
            stage("sequenced", "conflation", "10.0", 0));
  }

  private static String stage(String kind, String stage, String bound, int count) {
    return "stream_delivery_stage_seconds_bucket{kind=\"%s\",node=\"n1\",stage=\"%s\",le=\"%s\"} %d"
        .formatted(kind, stage, bound, count);
  }

  private static Delivery delivery(
      int intake, int conflation, int outbox, @Nullable Duration roundTrip) {
    return new Delivery(
        Duration.ofMillis(intake),
        Duration.ofMillis(conflation),
        Duration.ofMillis(outbox),
        roundTrip);
  }

  /// REQ-15: what clients report becomes a histogram that adds up over clients and nodes.
  @Test
  void reportedPercentilesBecomeAHistogram() {
    meters.reported(ADA, new Report(new Report.Rendered(100, 20, 150, 400), null, null));
    meters.reported(ADA, new Report(new Report.Rendered(1, 90, 90, 90), null, null));

    assertThat(telemetry.scrape())
        .contains(
            "stream_client_applied_seconds_bucket{node=\"n1\",le=\"0.02\"} 50",
            "stream_client_applied_seconds_bucket{node=\"n1\",le=\"0.1\"} 51",
            "stream_client_applied_seconds_bucket{node=\"n1\",le=\"0.15\"} 96",
            "stream_client_applied_seconds_bucket{node=\"n1\",le=\"0.4\"} 101");
  }

  @Test
  void whatDidNotHappenYetIsZero() {
    assertThat(telemetry.scrape())
        .contains(
            "stream_disconnects_total{code=\"1006\",node=\"n1\"} 0.0",
            "stream_refusals_total{node=\"n1\",reason=\"unavailable\"} 0.0",
            "stream_client_fallbacks_total{node=\"n1\",reason=\"attempts_exhausted\"} 0.0");
  }

  @Test
  void clientsThatComeBackAreCountedByWhetherTheyWereInTime() {
    meters.returned(Duration.ofSeconds(4));
    meters.returned(null);
    meters.stayedAway();

    assertThat(telemetry.scrape())
        .contains(
            "stream_returns_total{node=\"n1\",outcome=\"in_time\"} 2.0",
            "stream_returns_total{node=\"n1\",outcome=\"too_late\"} 1.0",
            "stream_return_seconds_bucket{node=\"n1\",le=\"5.0\"} 1",
            "stream_return_seconds_count{node=\"n1\"} 1");
  }

  @Test
  void bytesAndFramesAreCountedByKind() {
    meters.written(FrameKind.MARKS, 700);
    meters.written(FrameKind.MARKS, 300);
    meters.conflated(95, 5);

    assertThat(telemetry.scrape())
        .contains(
            "stream_bytes_total{kind=\"marks\",node=\"n1\"} 1000.0",
            "stream_frames_total{kind=\"marks\",node=\"n1\"} 2.0",
            "stream_conflation_changes_total{node=\"n1\"} 95.0",
            "stream_conflation_updates_total{node=\"n1\"} 5.0");
  }

  @Test
  void everythingElseIsCountedOnce() {
    meters.refused("connection_limit");
    meters.slowConsumer();
    meters.answered(true);
    meters.answered(false);
    meters.ownerMismatch();
    meters.malformed();
    meters.gapFilled();
    meters.received();
    meters.failed();
    meters.roundTrip(Duration.ofMillis(30));

    assertThat(telemetry.scrape())
        .contains(
            "stream_refusals_total{node=\"n1\",reason=\"connection_limit\"} 1.0",
            "stream_slow_consumers_total{node=\"n1\"} 1.0",
            "stream_answers_total{by=\"replay\",node=\"n1\"} 1.0",
            "stream_answers_total{by=\"snapshot\",node=\"n1\"} 1.0",
            "stream_owner_mismatches_total{node=\"n1\"} 1.0",
            "stream_malformed_total{node=\"n1\"} 1.0",
            "stream_gaps_filled_total{node=\"n1\"} 1.0",
            "stream_messages_received_total{node=\"n1\"} 1.0",
            "stream_faults_total{node=\"n1\"} 1.0",
            "stream_roundtrip_seconds_bucket{node=\"n1\",le=\"0.05\"} 1");
  }

  @Test
  void whatTheStreamsHoldIsReadWhenItIsAskedFor() {
    meters.show(() -> new StreamStats(3, 4, 500, 200, 7));

    assertThat(telemetry.scrape())
        .contains(
            "stream_users{node=\"n1\"} 3.0",
            "stream_outbox_bytes{node=\"n1\"} 500.0",
            "stream_outbox_largest_bytes{node=\"n1\"} 200.0",
            "stream_symbols{node=\"n1\"} 7.0");
  }

  @Test
  void noClientCanMakeUpAName() {
    for (var made = 0; made < 100; made++) {
      meters.closed(3000 + made, Duration.ZERO);
      meters.reported(ADA, new Report(null, null, "reason " + made));
    }

    assertThat(telemetry.scrape())
        .contains(
            "stream_disconnects_total{code=\"other\",node=\"n1\"} 100.0",
            "stream_client_fallbacks_total{node=\"n1\",reason=\"other\"} 100.0")
        .doesNotContain("reason 7", "code=\"3007\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FallbackReason.ATTEMPTS_EXHAUSTED,
        FallbackReason.REALTIME_DISABLED,
        FallbackReason.CONNECTION_LIMIT,
        FallbackReason.PROTOCOL_ERROR
      })
  void everyReasonOfOurOwnClientIsCountedByItsName(String reason) {
    meters.reported(ADA, new Report(null, null, reason));

    assertThat(telemetry.scrape())
        .contains("stream_client_fallbacks_total{node=\"n1\",reason=\"" + reason + "\"} 1.0");
  }

  @Test
  void noClientCanMakeUpANumber() {
    meters.reported(
        ADA,
        new Report(
            new Report.Rendered(5, -1, 40, Long.MAX_VALUE), Long.MAX_VALUE, "connection_limit"));
    meters.reported(ADA, new Report(new Report.Rendered(0, 9, 9, 9), -5L, null));

    assertThat(telemetry.scrape())
        .contains(
            "stream_client_drift_total{node=\"n1\"} 1000.0",
            "stream_client_fallbacks_total{node=\"n1\",reason=\"connection_limit\"} 1.0",
            "stream_client_applied_seconds_bucket{node=\"n1\",le=\"0.001\"} 3",
            "stream_client_applied_seconds_bucket{node=\"n1\",le=\"0.05\"} 4",
            "stream_client_applied_seconds_count{node=\"n1\"} 5",
            "stream_client_applied_seconds_sum{node=\"n1\"} 600.04");
  }
}
