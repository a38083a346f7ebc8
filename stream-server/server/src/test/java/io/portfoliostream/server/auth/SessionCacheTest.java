package io.portfoliostream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionCacheTest {
  private static final Identity ADA = new Identity(new UserId("u1"), "ada", Set.of(), "s1");

  private final ManualClock clock = ManualClock.atNoon();
  private final SessionCache cache = new SessionCache(clock);
  private final AtomicInteger lookUps = new AtomicInteger();

  @Test
  void anAnswerIsRememberedForTwoSeconds() {
    find();
    clock.advance(Duration.ofMillis(1_999));
    find();
    assertThat(lookUps).hasValue(1);

    clock.advance(Duration.ofMillis(1));
    find();
    assertThat(lookUps).hasValue(2);
  }

  @Test
  void aClockThatIsSetBackKeepsNothingAlive() {
    find();
    clock.advance(Duration.ofHours(-1));

    find();

    assertThat(lookUps).hasValue(2);
  }

  @Test
  void aStrangerIsLookedUpEachTime() {
    assertThat(cache.find("s2", Optional::empty)).isEmpty();

    assertThat(cache.find("s2", () -> Optional.of(ADA))).contains(ADA);
  }

  @Test
  void aRevocationDuringALookUpWins() {
    var found =
        cache.find(
            "s1",
            () -> {
              cache.forget("s1");
              return Optional.of(ADA);
            });
    assertThat(found).contains(ADA);

    assertThat(cache.find("s1", Optional::empty)).isEmpty();
  }

  private void find() {
    var found =
        cache.find(
            "s1",
            () -> {
              lookUps.incrementAndGet();
              return Optional.of(ADA);
            });
    assertThat(found).contains(ADA);
  }
}
