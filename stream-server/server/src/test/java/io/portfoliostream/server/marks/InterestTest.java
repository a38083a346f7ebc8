package io.portfoliostream.server.marks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class InterestTest {
  private final Interest interest = new Interest();

  @Test
  void aSymbolStaysWantedUntilTheLastOneLetsItGo() {
    interest.want("AAPL");
    interest.want("AAPL");
    interest.release("AAPL");

    assertThat(interest.symbols()).containsExactly("AAPL");

    interest.release("AAPL");
    assertThat(interest.symbols()).isEmpty();
  }

  @Test
  void onlyTheFirstAndTheLastAreNews() {
    var heard = new ArrayList<String>();
    interest.onChange(symbol -> heard.add(symbol + interest.symbols()));

    interest.want("AAPL");
    interest.want("AAPL");
    interest.release("AAPL");
    interest.release("AAPL");

    assertThat(heard).containsExactly("AAPL[AAPL]", "AAPL[]");
  }
}
