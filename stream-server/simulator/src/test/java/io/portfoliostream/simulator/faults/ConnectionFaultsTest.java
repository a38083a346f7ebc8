package io.portfoliostream.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.RawStream;
import io.portfoliostream.simulator.testkit.Trader;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Connections that fall silent, end or speak in strange frames, and the state behind them.
class ConnectionFaultsTest {
  private final Trader trader = new Trader();

  @AfterEach
  void close() {
    trader.close();
  }

  @Test
  void aMuteStreamAnswersPingsAndWhatItDidNotSayIsNeverSaid() throws Exception {
    try (var stream = trader.listening()) {
      long mute = trader.fault("{\"account\":\"demo\",\"fault\":\"mute\"}");
      trader.buy("c-1");
      trader.fill();
      trader.awaitHappened(mute, 3);
      stream.ping();
      assertThat(stream.next()).isEqualTo("pong");
      trader.assertTruth("c-1", "filled", "45");
      assertThat(trader.happened(mute)).isEqualTo(3);
      trader.broker().faults().clear(_ -> true);
      trader.buy("c-2");
      assertThat(stream.next()).contains("\"event\":\"pending_new\"", "c-2");
    }
  }

  @Test
  void aMuteThatSparesLaterConnectionsEndsWithAReconnect() throws Exception {
    try (var old = trader.listening()) {
      long mute = trader.fault("{\"account\":\"demo\",\"fault\":\"mute\",\"openOnly\":true}");
      trader.buy("c-1");
      trader.awaitHappened(mute, 1);
      old.sayGoodbye();
      assertThat(old.next()).startsWith("close");
    }
    try (var fresh = trader.listening()) {
      trader.fill();
      assertThat(fresh.next()).contains("\"event\":\"new\"", "c-1");
      trader.assertTruth("c-1", "filled", "45");
    }
  }

  @Test
  void aDeadConnectionAnswersNoPingEither() throws Exception {
    try (var stream = trader.listening()) {
      long dead = trader.fault("{\"account\":\"demo\",\"fault\":\"dead\"}");
      stream.ping();
      trader.awaitHappened(dead, 1);
      trader.buy("c-1");
      trader.fill();
      trader.awaitHappened(dead, 4);
      trader.assertTruth("c-1", "filled", "45");
      assertThat(trader.happened(dead)).isEqualTo(4);
      trader.broker().faults().clear(_ -> true);
      stream.ping();
      assertThat(stream.next()).isEqualTo("pong");
    }
  }

  @Test
  void aDropEndsTheConnectionWithoutACloseFrame() throws Exception {
    try (var stream = trader.listening()) {
      long drop = trader.fault("{\"account\":\"demo\",\"fault\":\"drop\"}");
      assertThat(stream.next()).isEqualTo("fin");
      assertThat(trader.happened(drop)).isEqualTo(1);
    }
    try (var again = trader.listening()) {
      trader.buy("c-1");
      assertThat(again.next()).contains("pending_new");
    }
  }

  @Test
  void aResetIsOne() throws Exception {
    try (var stream = trader.listening()) {
      long reset = trader.fault("{\"account\":\"demo\",\"fault\":\"reset\"}");
      assertThat(stream.next()).isEqualTo("reset");
      assertThat(trader.happened(reset)).isEqualTo(1);
    }
    trader.buy("c-1");
    trader.fill();
    trader.assertTruth("c-1", "filled", "45");
  }

  @Test
  void aDropMayComeInPlaceOfAFill() throws Exception {
    try (var stream = trader.listening()) {
      trader.buy("c-1");
      assertThat(stream.next()).contains("\"event\":\"pending_new\"");
      long drop = trader.fault("{\"account\":\"demo\",\"fault\":\"drop\",\"onEvent\":true}");
      trader.fill();
      assertThat(stream.next()).isEqualTo("fin");
      trader.awaitHappened(drop, 1);
      trader.assertTruth("c-1", "filled", "45");
      assertThat(trader.posted(drop).active()).isFalse();
    }
  }

  @Test
  void onlyTheStreamsOfTheAccountAreDropped() throws Exception {
    try (var stream = trader.listening()) {
      long other = trader.fault("{\"account\":\"demo2\",\"fault\":\"drop\"}");
      assertThat(trader.happened(other)).isZero();
      stream.ping();
      assertThat(stream.next()).isEqualTo("pong");
    }
  }

  @Test
  void garbageComesBetweenMessages() throws Exception {
    try (var stream = trader.listening()) {
      long bytes = trader.fault("{\"account\":\"demo\",\"fault\":\"garbage-byte\",\"times\":2}");
      long text = trader.fault("{\"account\":\"*\",\"fault\":\"garbage-text\"}");
      trader.buy("c-1");
      assertThat(stream.next()).isEqualTo("binary 0x01");
      assertThat(stream.next()).isEqualTo("binary 0x01");
      assertThat(stream.next()).isEqualTo("text not json");
      assertThat(stream.next()).contains("\"event\":\"pending_new\"");
      assertThat(trader.happened(bytes)).isEqualTo(2);
      assertThat(trader.happened(text)).isEqualTo(1);
    }
  }

  @Test
  void theErrorActionMayComeWithOrWithoutAClose() throws Exception {
    try (var stream = trader.listening()) {
      long open = trader.fault("{\"account\":\"demo\",\"fault\":\"error-action\",\"close\":false}");
      assertThat(stream.next()).contains("\"action\":\"error\"", "internal server error");
      long closing = trader.fault("{\"account\":\"demo\",\"fault\":\"error-action\"}");
      assertThat(stream.next()).contains("\"action\":\"error\"");
      assertThat(stream.next()).isEqualTo("close 1008");
      assertThat(trader.happened(open) + trader.happened(closing)).isEqualTo(2);
    }
  }

  @Test
  void framesMayBeTextBinaryMixedOrFragmented() throws Exception {
    try (var stream = trader.listening()) {
      var text = frames(stream, "text-frames");
      assertThat(text).startsWith("text {");
      assertThat(frames(stream, "binary-frames")).startsWith("binary {");
      long mixed = trader.fault("{\"account\":\"demo\",\"fault\":\"mixed-frames\"}");
      trader.buy("c-mixed");
      trader.fill();
      assertThat(stream.next()).startsWith("binary {");
      assertThat(stream.next()).startsWith("text {");
      assertThat(stream.next()).startsWith("binary {");
      assertThat(trader.happened(mixed)).isEqualTo(3);
      trader.broker().faults().clear(_ -> true);
      var first = frames(stream, "fragmented-frames");
      assertThat(first).startsWith("part 2 {\"stream\"");
      assertThat(stream.next()).startsWith("part 0 ").doesNotStartWith("part 0 last");
      assertThat(stream.next()).startsWith("part 0 last ").endsWith("}");
    }
  }

  @Test
  void aFaultOfAFeedLeavesTradingAlone() throws Exception {
    try (var data = new RawStream(trader.broker().data());
        var stream = trader.listening()) {
      assertThat(data.next()).contains("connected");
      data.send(trader.auth());
      assertThat(data.next()).contains("authenticated");
      data.send("{\"action\":\"subscribe\",\"trades\":[\"AAPL\"]}");
      assertThat(data.next()).contains("subscription");
      long mute = trader.fault("{\"feed\":\"iex\",\"fault\":\"mute\"}");
      trader.broker().setPrice("AAPL", new BigDecimal("201.00"));
      trader.awaitHappened(mute, 1);
      trader.buy("c-1");
      assertThat(stream.next()).contains("pending_new");
      trader.broker().faults().clear(_ -> true);
      long swallow = trader.fault("{\"feed\":\"iex\",\"fault\":\"swallow\"}");
      trader.broker().setPrice("AAPL", new BigDecimal("202.00"));
      trader.awaitHappened(swallow, 1);
      trader.broker().setPrice("AAPL", new BigDecimal("203.00"));
      assertThat(data.next()).contains("\"p\":203.00").doesNotContain("202.00");
      long drop = trader.fault("{\"feed\":\"*\",\"fault\":\"drop\"}");
      assertThat(data.next()).isEqualTo("fin");
      assertThat(trader.happened(drop)).isEqualTo(1);
    }
  }

  @Test
  void aFaultEndsByItselfWhenItsTimeIsUp() throws Exception {
    trader
        .broker()
        .faults()
        .post(Fault.of(FaultKind.MUTE).on("demo").lasting(Duration.ofMillis(1)));
    long ended = trader.broker().faults().list().getFirst().id();
    for (var posted = trader.posted(ended); posted.active(); posted = trader.posted(ended)) {
      Thread.onSpinWait();
    }
    try (var stream = trader.listening()) {
      trader.buy("c-1");
      assertThat(stream.next()).contains("pending_new");
    }
  }

  private String frames(RawStream stream, String kind) throws Exception {
    long fault =
        trader.fault("{\"account\":\"demo\",\"fault\":\"%s\",\"times\":1}".formatted(kind));
    trader.buy("c-" + kind);
    var first = stream.next();
    assertThat(trader.happened(fault)).isEqualTo(1);
    if (!first.startsWith("part")) {
      trader.fill();
      stream.next();
      stream.next();
    }
    return first;
  }
}
