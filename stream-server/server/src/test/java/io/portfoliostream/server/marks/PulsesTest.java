package io.portfoliostream.server.marks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PulsesTest {
  private static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");

  private final Pulses pulses = new Pulses();

  @Test
  void whatBeginsToStreamIsToldOncePerConnection() {
    assertThat(follow(Way.AWAITED)).isEmpty();
    assertThat(follow(Way.STREAMED)).containsExactly("AAPL");
    assertThat(follow(Way.STREAMED)).isEmpty();
    assertThat(follow(Way.AWAITED)).isEmpty();
    assertThat(follow(Way.STREAMED)).containsExactly("AAPL");
  }

  @Test
  void whatNobodyWantsIsForgotten() {
    follow(Way.STREAMED);

    pulses.follow(Map.of("MSFT", Way.POLLED), NOON);

    assertThat(pulses.count(Way.STREAMED)).isZero();
    assertThat(health(60).flawed()).containsExactly("MSFT");
  }

  @Test
  void aTradeThatIsReadAndDoesNotArriveIsOwed() {
    begun();
    read(at(5), at(6));

    assertThat(pulses.mute(at(7))).isEmpty();
    assertThat(pulses.mute(at(8))).containsExactly("AAPL");
    assertThat(health(8).flawed()).containsExactly("AAPL");

    pulses.ticked("AAPL", at(9), at(9));
    assertThat(pulses.mute(at(20))).isEmpty();
    assertThat(health(9).flawed()).isEmpty();
  }

  @Test
  void aTradeThatArrivedBeforeTheFirstReadWasAnsweredIsAccountedFor() {
    follow(Way.STREAMED);
    var question = pulses.ask(Set.of("AAPL"));
    pulses.ticked("AAPL", at(2), at(2));
    pulses.answer(question, Map.of("AAPL", at(1)), at(3));

    read(at(2), at(10));

    assertThat(pulses.mute(at(20))).isEmpty();
  }

  @Test
  void whatWasAskedBeforeAReconnectProvesNothingAfterIt() {
    begun();
    var question = pulses.ask(Set.of("AAPL"));
    follow(Way.AWAITED);
    follow(Way.STREAMED);

    pulses.answer(question, Map.of("AAPL", at(1)), at(40));
    assertThat(health(41).flawed()).containsExactly("AAPL");

    read(at(1), at(42));
    assertThat(health(42).flawed()).isEmpty();
  }

  @Test
  void whatIsAwaitedIsProvenByNothingThatIsRead() {
    follow(Way.AWAITED);
    read(at(1), at(2));

    assertThat(health(3).unproven()).containsExactly("AAPL");
  }

  @Test
  void whatIsPolledIsProvenByEachRead() {
    follow(Way.POLLED);
    for (var second = 0; second <= 60; second += 5) {
      read(at(second), at(second));
    }

    assertThat(health(90).flawed()).isEmpty();
    assertThat(health(91).flawed()).containsExactly("AAPL");
    assertThat(pulses.suspects(_ -> true, at(90))).isEmpty();
  }

  @Test
  void whatNeverTradedIsQuiet() {
    follow(Way.STREAMED);
    pulses.answer(pulses.ask(Set.of("AAPL")), Map.of(), at(1));
    pulses.answer(pulses.ask(Set.of("AAPL")), Map.of(), at(25));

    assertThat(health(50).flawed()).isEmpty();
    assertThat(health(50).unproven()).isEmpty();
  }

  private void begun() {
    follow(Way.STREAMED);
    read(at(0), at(0));
  }

  private Iterable<String> follow(Way way) {
    return pulses.follow(Map.of("AAPL", way), NOON);
  }

  private void read(Instant traded, Instant now) {
    pulses.answer(pulses.ask(Set.of("AAPL")), Map.of("AAPL", traded), now);
  }

  private Pulses.Health health(long second) {
    return pulses.health(_ -> true, Instant.EPOCH, at(second));
  }

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }
}
