package io.portfoliostream.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Each alert of the specification fires when it should, does not when it should not, and ends.
class AlertRuleTest {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final Samples node = new Samples();

  @Test
  void aNodeThatIsWellFiresNothing() {
    node.liveBytes = 50_000_000;
    node.pass(Duration.ofMinutes(40));

    assertThat(node.board.firing()).isZero();
    assertThat(node.board.alerts()).hasSize(AlertRule.values().length);
  }

  /// REQ-14: more than 10 per minute.
  @Nested
  class DisconnectRate {
    @Test
    void elevenWithinAMinuteFire() {
      node.pass(MINUTE);
      node.unexpected += 10;
      node.pass(STEP);
      assertThat(node.fires(AlertRule.DISCONNECT_RATE)).isFalse();

      node.unexpected += 1;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.DISCONNECT_RATE)).isTrue();
      assertThat(node.alert(AlertRule.DISCONNECT_RATE).value()).isEqualTo(11);
    }

    @Test
    void aMinuteLaterItIsOver() {
      node.pass(STEP);
      node.unexpected += 30;
      node.pass(Duration.ofSeconds(50));
      assertThat(node.fires(AlertRule.DISCONNECT_RATE)).isTrue();

      node.pass(STEP.multipliedBy(3));

      assertThat(node.alert(AlertRule.DISCONNECT_RATE).state()).isEqualTo(Alert.State.RESOLVED);
    }

    @Test
    void whoLeavesByIntentionDoesNotCount() {
      node.pass(STEP);
      node.disconnects += 100;
      node.pass(MINUTE);

      assertThat(node.fires(AlertRule.DISCONNECT_RATE)).isFalse();
    }

    @Test
    void tenPerMinuteForEverDoNotFire() {
      for (var minute = 0; minute < 20; minute++) {
        node.unexpected += 10;
        node.pass(MINUTE.plus(STEP));
        assertThat(node.fires(AlertRule.DISCONNECT_RATE)).isFalse();
      }
    }
  }

  /// REQ-15: p95 above a second.
  @Nested
  class DeliveryLatency {
    @Test
    void aTwentiethThatIsSlowIsNotYetTooMuchAndMoreIs() {
      node.pass(STEP);
      node.took(Sample.SEQUENCED, 90, 95);
      node.took(Sample.SEQUENCED, 1_900, 5);
      node.pass(STEP);
      assertThat(node.fires(AlertRule.DELIVERY_LATENCY)).isFalse();

      node.took(Sample.SEQUENCED, 1_900, 5);
      node.pass(STEP);

      assertThat(node.fires(AlertRule.DELIVERY_LATENCY)).isTrue();
    }

    @Test
    void quickOrdersDoNotHideSlowPrices() {
      node.pass(STEP);
      node.took(Sample.SEQUENCED, 90, 10_000);
      node.took(Sample.MARKS, 1_500, 100);
      node.pass(STEP);

      assertThat(node.fires(AlertRule.DELIVERY_LATENCY)).isTrue();
    }

    @Test
    void whatWasSlowFiveMinutesAgoIsForgotten() {
      node.pass(STEP);
      node.took(Sample.MARKS, 1_500, 100);
      node.pass(Duration.ofMinutes(4));
      assertThat(node.fires(AlertRule.DELIVERY_LATENCY)).isTrue();
      node.took(Sample.MARKS, 90, 100);

      node.pass(Duration.ofMinutes(2));

      assertThat(node.fires(AlertRule.DELIVERY_LATENCY)).isFalse();
    }

    @Test
    void afewSlowMessagesAfterAQuietNightSayNothing() {
      node.pass(STEP);
      node.took(Sample.MARKS, 1_500, 19);
      node.pass(STEP);

      assertThat(node.alert(AlertRule.DELIVERY_LATENCY).value()).isNull();
    }
  }

  @Nested
  class ConnectionsDropped {
    @Test
    void moreThanHalfWithinAMinuteFire() {
      node.pass(MINUTE);
      node.connections = 50;
      node.pass(STEP);
      assertThat(node.fires(AlertRule.CONNECTIONS_DROPPED)).isFalse();

      node.connections = 49;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.CONNECTIONS_DROPPED)).isTrue();
    }

    @Test
    void aSlowEveningDoesNotFire() {
      while (node.connections > 30) {
        node.connections -= 1;
        node.pass(STEP);
        assertThat(node.fires(AlertRule.CONNECTIONS_DROPPED)).isFalse();
      }
    }

    @Test
    void aNodeThatTakesNoStreamsMayLoseThem() {
      node.pass(MINUTE);
      node.open = false;
      node.connections = 0;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.CONNECTIONS_DROPPED)).isFalse();
    }

    @Test
    void aHandfulOfUsersMayLeaveTogether() {
      node.connections = 9;
      node.pass(MINUTE);
      node.connections = 0;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.CONNECTIONS_DROPPED)).isFalse();
    }
  }

  @Nested
  class ErrorRate {
    @Test
    void moreThanATwentiethOfTheRequestsFires() {
      node.pass(STEP);
      node.requests += 100;
      node.requestFaults += 5;
      node.pass(STEP);
      assertThat(node.fires(AlertRule.ERROR_RATE)).isFalse();

      node.requests += 1;
      node.requestFaults += 1;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.ERROR_RATE)).isTrue();
    }

    @Test
    void manyGoodMessagesDoNotHideBadRequests() {
      node.pass(STEP);
      node.messages += 100_000;
      node.requests += 50;
      node.requestFaults += 10;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.ERROR_RATE)).isTrue();
    }

    @Test
    void messagesThatFailFireToo() {
      node.pass(STEP);
      node.messages += 100;
      node.messageFaults += 6;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.ERROR_RATE)).isTrue();
    }
  }

  @Nested
  class NoEvents {
    @Test
    void fiveMinutesOfMarketHoursWithoutAnyFire() {
      node.pass(MINUTE);
      node.silenced = true;
      node.pass(Duration.ofMinutes(5));
      assertThat(node.fires(AlertRule.NO_EVENTS)).isFalse();

      node.pass(STEP);
      assertThat(node.fires(AlertRule.NO_EVENTS)).isTrue();

      node.silenced = false;
      node.pass(STEP);
      assertThat(node.fires(AlertRule.NO_EVENTS)).isFalse();
    }

    @Test
    void aClosedMarketIsQuiet() {
      node.marketOpen = false;
      node.silenced = true;
      node.pass(HALF_AN_HOUR);
      node.marketOpen = true;
      node.pass(Duration.ofMinutes(4));

      assertThat(node.fires(AlertRule.NO_EVENTS)).isFalse();
    }

    @Test
    void whereNobodyHoldsAnythingThereIsNothingToTell() {
      node.symbols = 0;
      node.silenced = true;
      node.pass(HALF_AN_HOUR);

      assertThat(node.fires(AlertRule.NO_EVENTS)).isFalse();
    }
  }

  /// Risk 5: time since the last event of the broker.
  @Nested
  class BrokerSilent {
    @Test
    void moreThanTwoMinutesFire() {
      node.pass(Duration.ofMinutes(4));
      node.silence = 120;
      node.pass(STEP);
      assertThat(node.fires(AlertRule.BROKER_SILENT)).isFalse();

      node.silence = 125;
      node.pass(STEP);
      assertThat(node.fires(AlertRule.BROKER_SILENT)).isTrue();

      node.silence = 1;
      node.pass(STEP);
      assertThat(node.fires(AlertRule.BROKER_SILENT)).isFalse();
    }

    @Test
    void theNightBeforeTheOpeningBellDoesNotCount() {
      node.marketOpen = false;
      node.silence = 60_000;
      node.pass(HALF_AN_HOUR);
      assertThat(node.fires(AlertRule.BROKER_SILENT)).isFalse();

      node.marketOpen = true;
      node.pass(Duration.ofMinutes(2));
      assertThat(node.fires(AlertRule.BROKER_SILENT)).isFalse();

      node.pass(STEP.multipliedBy(2));
      assertThat(node.fires(AlertRule.BROKER_SILENT)).isTrue();
    }
  }

  /// Risk 3: what grows without more users leaks.
  @Nested
  class Growth {
    @Test
    void connectionsThatGrowWithoutUsersFire() {
      node.pass(HALF_AN_HOUR);
      node.connections = 126;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.CONNECTIONS_GROWING)).isTrue();
    }

    @Test
    void connectionsMayGrowWithTheirUsers() {
      node.pass(HALF_AN_HOUR);
      node.connections = 200;
      node.users = 100;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.CONNECTIONS_GROWING)).isFalse();
    }

    @Test
    void aYoungNodeIsNotJudged() {
      node.pass(Duration.ofMinutes(20));
      node.connections = 500;
      node.pass(STEP);

      assertThat(node.alert(AlertRule.CONNECTIONS_GROWING).value()).isNull();
    }

    @Test
    void memoryPerConnectionThatGrowsFires() {
      node.liveBytes = 100_000_000;
      node.pass(HALF_AN_HOUR);
      node.liveBytes = 160_000_000;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.MEMORY_GROWING)).isTrue();
    }

    @Test
    void aLittleMemoryMoreIsNoLeak() {
      node.liveBytes = 20_000_000;
      node.pass(HALF_AN_HOUR);
      node.liveBytes = 40_000_000;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.MEMORY_GROWING)).isFalse();
    }

    @Test
    void fewerConnectionsMakeTheOthersNoLarger() {
      node.liveBytes = 300_000_000;
      node.pass(HALF_AN_HOUR);
      node.connections = 20;
      node.liveBytes = 360_000_000;
      node.pass(STEP);

      assertThat(node.fires(AlertRule.MEMORY_GROWING)).isFalse();
    }
  }
}
