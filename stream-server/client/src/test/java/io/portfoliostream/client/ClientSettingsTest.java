package io.portfoliostream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
  private static final ClientSettings DEFAULTS = MachineFixture.SETTINGS;

  @Test
  void theDefaultsAreTheProtocolsFigures() {
    assertThat(DEFAULTS.retry().backoff())
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L);
    assertThat(DEFAULTS.retry().attempts()).isEqualTo(10);
    assertThat(DEFAULTS.retry().stableAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(DEFAULTS.retry().healthProbe()).isEqualTo(Duration.ofSeconds(2));
    assertThat(DEFAULTS.fallback().poll()).isEqualTo(Duration.ofSeconds(5));
    assertThat(DEFAULTS.fallback().attempt()).isEqualTo(Duration.ofSeconds(30));
    assertThat(DEFAULTS.checks().reconcile()).isEqualTo(Duration.ofSeconds(60));
    assertThat(DEFAULTS.checks().silence()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aFasterLifeHasTheSameShape() {
    var faster = DEFAULTS.fasterBy(10);

    assertThat(faster.retry().backoff())
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1600L, 3000L);
    assertThat(faster.retry().attemptTimeout()).isEqualTo(DEFAULTS.retry().attemptTimeout());
    assertThat(faster.fallback().poll()).isEqualTo(Duration.ofMillis(500));
    assertThat(faster.checks().silence()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertThatThrownBy(() -> ClientSettings.of(URI.create("ftp://x")))
        .hasMessageContaining("http or https");
    assertThatThrownBy(() -> DEFAULTS.withRequestTimeout(Duration.ZERO))
        .hasMessageContaining("requestTimeout");
    assertThatThrownBy(() -> DEFAULTS.withTradesKept(0)).hasMessageContaining("tradesKept");
  }
}
