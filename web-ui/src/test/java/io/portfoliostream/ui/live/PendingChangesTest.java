package io.portfoliostream.ui.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.Changes;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
  private final PendingChanges pending = new PendingChanges();

  @Test
  void manyChangesBecomeOne() {
    pending.add(new Changes(Set.of("AAPL"), Set.of(), Set.of("e1"), false, true, false));
    pending.add(new Changes(Set.of("MSFT", "AAPL"), Set.of("o1"), Set.of(), true, false, true));
    assertThat(pending.take())
        .isEqualTo(
            new Changes(Set.of("AAPL", "MSFT"), Set.of("o1"), Set.of("e1"), true, true, true));
  }

  @Test
  void whatWasTakenIsGone() {
    pending.add(new Changes(Set.of("AAPL"), Set.of("o1"), Set.of("e1"), true, true, true));
    pending.take();
    assertThat(pending.take()).isEqualTo(Changes.NONE);
  }
}
