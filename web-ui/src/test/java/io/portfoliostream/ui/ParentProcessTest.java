package io.portfoliostream.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParentProcessTest {
  @Test
  void theArgumentNamesIt() {
    assertThat(ParentProcess.of("--parent-pid", "42")).contains(new ParentProcess(42));
    assertThat(ParentProcess.of("--x", "--parent-pid=7")).contains(new ParentProcess(7));
    assertThat(ParentProcess.of("--x")).isEmpty();
  }

  @Test
  void whatIsNoProcessIdStopsTheStart() {
    assertThatThrownBy(() -> ParentProcess.of("--parent-pid", "me")).hasMessageContaining("'me'");
    assertThatThrownBy(() -> ParentProcess.of("--parent-pid")).hasMessageContaining("''");
    assertThatThrownBy(() -> ParentProcess.of("--parent-pid=-1")).hasMessageContaining("'-1'");
  }
}
