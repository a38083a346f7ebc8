package io.portfoliostream.ui.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.ui.testkit.PageTest;
import io.portfoliostream.ui.testkit.Samples;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionIndicatorTest extends PageTest {
  @Test
  void itFollowsTheConnection() {
    var indicator = show(new ConnectionIndicator(page()));
    assertThat(indicator.text()).isEqualTo("Live");
    assertThat(indicator.getElement().getAttribute("role")).isEqualTo("status");
    portfolio.connect(new ConnectionState.Reconnecting(2, Samples.NOON));
    settle();
    assertThat(indicator.text()).isEqualTo("Reconnecting (attempt 2)");
    portfolio.connect(new ConnectionState.Live(Samples.NOON));
    settle();
    assertThat(indicator.text()).isEqualTo("Live");
  }

  @Test
  void itBeats() {
    var indicator = show(new ConnectionIndicator(page()));
    var before = indicator.getElement().getPropertyRaw("beat");
    timers.runAll();
    settle();
    assertThat(indicator.getElement().getPropertyRaw("beat")).isNotEqualTo(before);
  }

  @Test
  void theNoticeAppearsOnlyWhenSignedOut() {
    var signIns = new AtomicInteger();
    var notice = show(new SignedOutNotice(page(), signIns::incrementAndGet));
    assertThat(notice.isVisible()).isFalse();
    portfolio.connect(new ConnectionState.SignedOut("session_ended"));
    settle();
    assertThat(notice.isVisible()).isTrue();
  }
}
