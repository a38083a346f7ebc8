package io.portfoliostream.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final double[] BOUNDS = {10, 20, 50};
  private final Distribution hundred = Distribution.of(BOUNDS, new long[] {50, 90, 98}, 100);

  @Test
  void betweenTwoBoundsAQuantileRisesEvenly() {
    assertThat(hundred.quantile(0.5)).hasValue(10);
    assertThat(hundred.quantile(0.25)).hasValue(5);
    assertThat(hundred.quantile(0.7)).hasValue(15);
    assertThat(hundred.quantile(0.9)).hasValue(20);
  }

  @Test
  void aboveTheLastBoundItIsTheLastBound() {
    assertThat(hundred.quantile(0.99)).hasValue(50);
  }

  @Test
  void nothingHasNoQuantile() {
    assertThat(Distribution.EMPTY.quantile(0.5)).isEmpty();
    assertThat(hundred.since(hundred).quantile(0.5)).isEmpty();
  }

  @Test
  void whatCameSinceIsTheDifference() {
    var later = Distribution.of(BOUNDS, new long[] {50, 190, 198}, 200);

    var between = later.since(hundred);

    assertThat(between.count()).isEqualTo(100);
    assertThat(between.quantile(0.5)).hasValue(15);
    assertThat(later.since(Distribution.EMPTY).count()).isEqualTo(200);
  }

  @Test
  void nodesAddUp() {
    var slow = Distribution.of(BOUNDS, new long[] {0, 0, 100}, 100);

    var both = hundred.and(slow);

    assertThat(both.count()).isEqualTo(200);
    assertThat(both.quantile(0.25)).hasValue(10);
    assertThat(both.quantile(0.95).orElseThrow()).isGreaterThan(45);
    assertThat(Distribution.EMPTY.and(slow).count()).isEqualTo(100);
  }

  @Test
  void otherBoundsCannotBeAdded() {
    var other = Distribution.of(new double[] {1, 2, 3}, new long[] {1, 1, 1}, 1);

    assertThatThrownBy(() -> hundred.and(other)).isInstanceOf(IllegalArgumentException.class);
  }
}
