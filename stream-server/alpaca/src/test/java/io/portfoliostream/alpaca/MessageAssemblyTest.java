package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.MessageAssembly.TooLargeException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageAssemblyTest {
  private final MessageAssembly assembly = new MessageAssembly(8);

  @Test
  void fragmentsBecomeOneMessageAndTheNextBeginsEmpty() throws TooLargeException {
    assertThat(assembly.add(bytes("port"), false)).isEmpty();
    assertThat(assembly.add(bytes(""), false)).isEmpty();
    assertThat(assembly.add(bytes("foli"), true)).hasValue(bytes("portfoli"));
    assertThat(assembly.add(bytes("o"), true)).hasValue(bytes("o"));
  }

  @Test
  void theBoundHoldsForOneFragmentAndForTheirSum() throws TooLargeException {
    assertThatThrownBy(() -> assembly.add(new byte[9], true))
        .hasMessageContaining("more than 8 bytes");
    assertThat(assembly.add(new byte[8], false)).isEmpty();
    assertThatThrownBy(() -> assembly.add(new byte[1], false))
        .isInstanceOf(TooLargeException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
