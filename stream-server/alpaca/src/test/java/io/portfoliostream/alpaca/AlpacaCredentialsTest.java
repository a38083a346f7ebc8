package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AlpacaCredentialsTest {
  @Test
  void noTextFormShowsASecret() {
    var key = new AlpacaCredentials.ApiKey("PKICECREAMFACTORY", "strawberry");
    var token = new AlpacaCredentials.OAuthToken("vanilla");

    assertThat(key.toString() + key.label()).contains("PKICEC").doesNotContain("strawberry");
    assertThat(token.toString() + token.label()).doesNotContain("vanilla");
  }

  @Test
  void whatCannotBeAHeaderIsRefusedWithoutBeingRepeated() {
    assertThatThrownBy(() -> new AlpacaCredentials.ApiKey("PK1", "straw\r\nberry"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secret")
        .hasMessageNotContaining("berry");
    assertThatThrownBy(() -> new AlpacaCredentials.OAuthToken("")).hasMessageContaining("token");
  }
}
