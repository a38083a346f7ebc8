package io.portfoliostream.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QuietProbeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualTime time = new ManualTime();
  private final AtomicInteger pings = new AtomicInteger();
  private final QuietProbe probe = new QuietProbe(time, pings::incrementAndGet);

  @Test
  void threePingsFollowTheLastFrameASecondApartAndNoMore() {
    probe.heard();

    time.advance(SECOND);
    assertThat(pings).hasValue(0);
    for (var ping = 1; ping <= 3; ping++) {
      time.advance(SECOND);
      assertThat(pings).hasValue(ping);
    }
    time.advance(SECOND.multipliedBy(60));
    assertThat(pings).hasValue(3);
  }

  @Test
  void whileFramesComeNothingIsSent() {
    for (var i = 0; i < 50; i++) {
      probe.heard();
      time.advance(SECOND.dividedBy(2));
    }

    assertThat(pings).hasValue(0);
  }

  @Test
  void aConnectionThatGoesQuietAgainIsProbedAgain() {
    probe.heard();
    time.advance(SECOND.multipliedBy(10));

    probe.heard();
    time.advance(SECOND.multipliedBy(10));

    assertThat(pings).hasValue(6);
  }

  @Test
  void afterItsStopThereIsNoPing() {
    probe.heard();
    time.advance(SECOND);

    probe.stop();

    time.advance(SECOND.multipliedBy(60));
    assertThat(pings).hasValue(0);
  }
}
