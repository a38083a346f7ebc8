package io.portfoliostream.ui.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.ui.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderWordsTest {
  @ParameterizedTest
  @CsvSource({
    "queued, Queued, neutral",
    "new, New, info",
    "accepted, New, info",
    "partially_filled, Partially filled, progress",
    "filled, Filled, good",
    "rejected, Rejected, bad",
    "failed, Failed, bad",
    "done_for_day, Done for day, info"
  })
  void everyStatusHasWords(String status, String text, String badge) {
    assertThat(StatusWords.of(status)).isEqualTo(new StatusWords(text, badge));
  }

  @Test
  void anOrderSaysWhatWasAskedForAndWhatCameOfIt() {
    var waiting = Samples.order("o1", "new", "0", null);
    assertThat(OrderWords.title(waiting)).isEqualTo("Buy 5 AAPL");
    assertThat(OrderWords.progress(waiting)).isEqualTo("market order, nothing filled yet");
    assertThat(OrderWords.progress(Samples.order("o1", "canceled", "0", null)))
        .isEqualTo("market order, nothing filled");
    assertThat(OrderWords.progress(Samples.order("o1", "partially_filled", "3", "187.25")))
        .isEqualTo("3 of 5 at $187.25");
  }
}
