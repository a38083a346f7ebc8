package io.portfoliostream.server.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.portfolio.UserId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  private static final List<UserId> USERS =
      IntStream.range(0, 10_000).mapToObj(number -> new UserId("u_" + number)).toList();

  @Test
  void whoIsInsideStaysInsideWhenThePercentageGrows() {
    for (var user : USERS.subList(0, 1_000)) {
      var inside = false;
      for (var percent = 0; percent <= 100; percent++) {
        var now = new Rollout(true, percent).admits(user);
        assertThat(now || !inside).as("%s at %d %%", user, percent).isTrue();
        inside = now;
      }
      assertThat(inside).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 50, 90})
  void aboutThatManyAreInside(int percent) {
    var rollout = new Rollout(true, percent);

    var inside = USERS.stream().filter(rollout::admits).count();

    assertThat(inside).isBetween(percent * 100L - 150, percent * 100L + 150);
  }

  /// The places are kept for ever: another hash would throw users out and let others in.
  @Test
  void aUsersPlaceNeverChanges() {
    assertThat(List.of("ada", "bob", "u_0123456789abcdef01234567"))
        .extracting(name -> Rollout.place(new UserId(name)))
        .containsExactly(81, 12, 89);
  }

  @Test
  void nobodyIsInsideAtZeroOrWhileItIsOff() {
    assertThat(USERS).noneMatch(new Rollout(true, 0)::admits);
    assertThat(USERS).noneMatch(new Rollout(false, 100)::admits);
    assertThat(USERS).allMatch(Rollout.EVERYONE::admits);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 101})
  void whatIsNoPercentageIsRefused(int percent) {
    assertThatThrownBy(() -> new Rollout(true, percent))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
