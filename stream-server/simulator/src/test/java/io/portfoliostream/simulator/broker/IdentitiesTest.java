package io.portfoliostream.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.market.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private static final String NONE = "00000000000000000000000000";

  @Test
  void eventIdsGrowWithinAMillisecondAndWhenTheClockGoesBack() {
    var identities = new Identities(new SeededRandom(1), NONE);
    var ids = new ArrayList<String>();
    for (int index = 0; index < 1_000; index++) {
      ids.add(identities.nextEventId(index < 500 ? NOW : NOW.minusSeconds(60)));
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids).allSatisfy(id -> assertThat(id).matches("[0-9A-HJKMNP-TV-Z]{26}"));
  }

  @Test
  void eventIdsContinueAfterTheLastSavedOne() {
    var before = new Identities(new SeededRandom(1), NONE);
    var last = before.nextEventId(NOW);
    assertThat(before.lastEventId()).isEqualTo(last);
    var after = new Identities(new SeededRandom(before.position()), last);
    assertThat(after.nextEventId(NOW.minusSeconds(5))).isGreaterThan(last);
  }

  /// The time part of the ULID specification's own example, 01ARYZ6S41, is this millisecond.
  @Test
  void theFirstTenDigitsAreTheTime() {
    var identities = new Identities(new SeededRandom(1), NONE);
    assertThat(identities.nextEventId(Instant.ofEpochMilli(1469918176385L)))
        .startsWith("01ARYZ6S41");
  }

  @Test
  void otherIdsAreVersion4() {
    var id = new Identities(new SeededRandom(9), NONE).next();
    assertThat(id.version()).isEqualTo(4);
    assertThat(id.variant()).isEqualTo(2);
  }
}
