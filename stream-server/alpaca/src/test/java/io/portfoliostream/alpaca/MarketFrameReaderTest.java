package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketFrameReaderTest {
  private final MarketFrameReader reader = new MarketFrameReader();

  @Test
  void aMixedFrameIsReadExactly() {
    var frame = reader.read(Fixtures.bytes("market-data.json"));

    assertThat(frame.trades())
        .containsExactly(
            new MarketTrade(
                "FAKEPACA",
                new BigDecimal("126.55"),
                new BigDecimal("1"),
                Instant.parse("2026-11-20T15:51:44.208123456Z")));
    assertThat(frame.quotes())
        .containsExactly(
            new MarketQuote(
                "FAKEPACA",
                new BigDecimal("133.85"),
                new BigDecimal("4"),
                new BigDecimal("135.77"),
                new BigDecimal("5"),
                Instant.parse("2026-11-20T15:51:44.3Z")));
    assertThat(frame.statuses())
        .containsExactly(
            new MarketStatus(
                "AAPL",
                "H",
                "Trading Halt",
                "T12",
                "Trading Halted; For information requested by NASDAQ",
                Instant.parse("2026-11-20T15:52:00Z")));
    assertThat(frame.controls()).isEmpty();
    assertThat(frame.unreadable()).isZero();
  }

  @Test
  void nothingOfOneElementLeaksIntoTheNext() {
    var frame =
        read(
            """
            [{"T":"t","S":"AAPL","p":1,"s":2,"t":"2026-11-20T15:52:00Z"},{"T":"t","S":"MSFT"}]
            """);

    assertThat(frame.trades()).extracting(MarketTrade::symbol).containsExactly("AAPL");
    assertThat(frame.unreadable()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"T\":\"t\",\"S\":\"MSFT\",\"p\":1e999999999,\"s\":1,\"t\":\"2026-11-20T15:52:00Z\"}",
        "{\"T\":\"t\",\"S\":\"MSFT\",\"p\":[1],\"s\":1,\"t\":\"2026-11-20T15:52:00Z\"}",
        "{\"T\":\"t\",\"S\":\"MSFT\",\"p\":1,\"s\":1,\"t\":\"soon\"}",
        "{\"T\":\"t\",\"S\":{\"a\":1},\"p\":1,\"s\":1,\"t\":\"2026-11-20T15:52:00Z\"}",
        "{\"T\":\"success\",\"msg\":\"hello\"}",
        "[17]"
      })
  void aBadElementCostsOnlyItself(String bad) {
    var good = "{\"T\":\"t\",\"S\":\"AAPL\",\"p\":1,\"s\":2,\"t\":\"2026-11-20T15:52:00Z\"}";

    var frame = read("[%s,%s]".formatted(bad, good));

    assertThat(frame.trades()).extracting(MarketTrade::symbol).containsExactly("AAPL");
    assertThat(frame.unreadable()).isEqualTo(1);
  }

  @Test
  void controlMessagesAreUnderstood() {
    assertThat(read("[{\"T\":\"success\",\"msg\":\"connected\"}]").controls())
        .containsExactly(new MarketFrame.Welcome());
    assertThat(read("[{\"T\":\"success\",\"msg\":\"authenticated\"}]").controls())
        .containsExactly(new MarketFrame.Authenticated());
    assertThat(
            read("[{\"T\":\"error\",\"code\":406,\"msg\":\"connection limit exceeded\"}]")
                .controls())
        .containsExactly(new MarketFrame.Failure(406, "connection limit exceeded"));
    assertThat(
            read("[{\"T\":\"subscription\",\"trades\":[\"AAPL\"],\"quotes\":[],\"bars\":[\"*\"]}]")
                .controls())
        .containsExactly(
            new MarketFrame.Subscription(Map.of("trades", Set.of("AAPL"), "quotes", Set.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0001", "17", "[{\"T\":\"t\"", "[{\"T\":\"t\"}"})
  void whatIsNoFrameIsUnreadable(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableException.class);
  }

  private MarketFrame read(String json) {
    return reader.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
