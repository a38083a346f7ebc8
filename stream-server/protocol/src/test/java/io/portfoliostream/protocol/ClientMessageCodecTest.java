package io.portfoliostream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessage.Unsubscribe;
import io.portfoliostream.protocol.Malformed.Code;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientMessageCodecTest {
  @Test
  void everyMessageSurvivesTheWire() {
    var messages =
        List.<ClientMessage>of(
            new Subscribe(null, null, null, null),
            new Subscribe(
                Set.of(Channel.ORDERS),
                Set.of("AAPL", "BTC/USD"),
                5000,
                new StreamPosition("e", 3)),
            new Unsubscribe(Set.of(Channel.TRADES), null),
            new Ping("7"),
            new Ping(null),
            new Resume(new StreamPosition("e", 0)),
            new Report(new Report.Rendered(1, 2, 3, 4), 1L, "after 10 attempts"));

    for (var message : messages) {
      assertThat(ClientMessageCodec.decode(ClientMessageCodec.encode(message))).isEqualTo(message);
    }
  }

  @Test
  void whatIsWrongHasACode() {
    assertCode("nonsense", Code.BAD_JSON);
    assertCode("[]", Code.BAD_JSON);
    assertCode("null", Code.BAD_JSON);
    assertCode("[".repeat(500), Code.BAD_JSON);
    assertCode("{\"type\":\"shout\"}", Code.UNKNOWN_TYPE);
    assertCode("{}", Code.UNKNOWN_TYPE);
    assertCode("{\"type\":\"subscribe\",\"channels\":[\"gossip\"]}", Code.BAD_CHANNEL);
    assertCode("{\"type\":\"subscribe\",\"channels\":\"orders\"}", Code.BAD_CHANNEL);
    assertCode("{\"type\":\"subscribe\",\"symbols\":[\"aapl\"]}", Code.BAD_SYMBOL);
    assertCode("{\"type\":\"subscribe\",\"symbols\":[7]}", Code.BAD_SYMBOL);
    assertCode("{\"type\":\"subscribe\",\"windowMs\":-1}", Code.BAD_WINDOW);
    assertCode("{\"type\":\"subscribe\",\"windowMs\":1.5}", Code.BAD_WINDOW);
    assertCode("{\"type\":\"resume\",\"epoch\":\"e\",\"seq\":-4}", Code.BAD_JSON);
    assertCode("{\"type\":\"resume\",\"seq\":4}", Code.BAD_JSON);
    assertCode("{\"type\":\"ping\",\"id\":\"" + "x".repeat(65) + "\"}", Code.BAD_JSON);
  }

  @Test
  void tooManySymbolsAreRefusedWhole() {
    var symbols =
        IntStream.rangeClosed(1, ClientMessageCodec.MAX_SYMBOLS + 1)
            .mapToObj(n -> "\"S" + n + "\"")
            .collect(Collectors.joining(","));

    assertCode("{\"type\":\"subscribe\",\"symbols\":[" + symbols + "]}", Code.TOO_MANY_SYMBOLS);
  }

  private static void assertCode(String frame, Code code) {
    assertThat(ClientMessageCodec.decode(frame))
        .as(frame)
        .isInstanceOfSatisfying(Malformed.class, bad -> assertThat(bad.code()).isEqualTo(code));
  }
}
