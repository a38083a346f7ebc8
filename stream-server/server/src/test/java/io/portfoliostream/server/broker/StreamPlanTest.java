package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamPlanTest {
  @Test
  void theMostWantedStreamAndTheOthersArePolled() {
    var plan = StreamPlan.NOTHING.next(Map.of("AAPL", 3, "MSFT", 1, "SPY", 2), 2);

    assertThat(plan).isEqualTo(new StreamPlan(Set.of("AAPL", "SPY"), Set.of("MSFT")));
  }

  @Test
  void ofEquallyWantedOnesThoseThatStreamStay() {
    var before = new StreamPlan(Set.of("SPY"), Set.of());

    assertThat(before.next(Map.of("AAPL", 1, "SPY", 1), 1).streamed()).containsExactly("SPY");
    assertThat(before.next(Map.of("AAPL", 2, "SPY", 1), 1).streamed()).containsExactly("AAPL");
  }

  @Test
  void pairsArePolledAndTakeNoPlace() {
    var plan = StreamPlan.NOTHING.next(Map.of("BTC/USD", 9, "MSFT", 1), 1);

    assertThat(plan).isEqualTo(new StreamPlan(Set.of("MSFT"), Set.of("BTC/USD")));
  }

  @Test
  void withoutALimitEverythingStreams() {
    assertThat(StreamPlan.NOTHING.next(Map.of("AAPL", 1, "SPY", 1), Integer.MAX_VALUE).polled())
        .isEmpty();
  }
}
