package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class AlpacaEndpointsTest {
  @Test
  void paperAndLiveDifferInTheTradingHostOnly() {
    var paper = AlpacaEndpoints.paper("iex");
    var live = AlpacaEndpoints.live("iex");

    assertThat(paper.trading()).isEqualTo(URI.create("https://paper-api.alpaca.markets"));
    assertThat(paper.tradingStream())
        .isEqualTo(URI.create("wss://paper-api.alpaca.markets/stream"));
    assertThat(live.trading()).isEqualTo(URI.create("https://api.alpaca.markets"));
    assertThat(live.tradingStream()).isEqualTo(URI.create("wss://api.alpaca.markets/stream"));
    assertThat(live.data()).isEqualTo(paper.data());
    assertThat(live.dataStream()).isEqualTo(URI.create("wss://stream.data.alpaca.markets/v2/iex"));
  }

  @Test
  void theFeedIsTheLastPathSegment() {
    assertThat(AlpacaEndpoints.paper("delayed_sip").feed()).isEqualTo("delayed_sip");
  }

  @Test
  void addressesOfTheWrongKindAreNamed() {
    var http = URI.create("http://127.0.0.1:1");

    assertThatThrownBy(() -> new AlpacaEndpoints(http, http, http, http))
        .hasMessageContaining("tradingStream");
    assertThatThrownBy(() -> AlpacaEndpoints.paper("../v1")).hasMessageContaining("not a feed");
  }
}
