package io.portfoliostream.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.RawStream;
import io.portfoliostream.simulator.testkit.Trader;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Connections that do not come about, and how they are counted.
class LoginFaultsTest {
  private final Trader trader = new Trader();

  @AfterEach
  void close() {
    trader.close();
  }

  @Test
  void handshakesAreRefusedSoManyTimes() throws Exception {
    long fault =
        trader.fault(
            "{\"account\":\"*\",\"fault\":\"handshake-status\",\"status\":503,\"times\":2}");
    assertThat(handshake()).isEqualTo("503");
    assertThat(handshake()).isEqualTo("503");
    assertThat(handshake()).isEqualTo("101");
    assertThat(trader.happened(fault)).isEqualTo(2);
    var counted = Trader.json(trader.get("/simulator/connections")).at("/streams/trading");
    assertThat(counted.path("total").asInt()).isEqualTo(3);
    assertThat(counted.path("refused").asInt()).isEqualTo(2);
    assertThat(counted.path("lastMinute").asInt()).isEqualTo(3);
  }

  @Test
  void theHandshakesOfAnAccountAreKnownByTheirKey() throws Exception {
    long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"handshake-status\"}");
    assertThat(handshake()).isEqualTo("101");
    assertThat(handshake("APCA-API-KEY-ID: " + trader.broker().account("demo").key()))
        .isEqualTo("429");
    assertThat(trader.happened(fault)).isEqualTo(1);
  }

  @Test
  void theHandshakesOfAFeedMayBeRefusedToo() throws Exception {
    long fault = trader.fault("{\"feed\":\"iex\",\"fault\":\"handshake-status\",\"status\":502}");
    try (var data = new RawStream(trader.broker().data())) {
      assertThat(data.status()).isEqualTo("502");
    }
    assertThat(trader.happened(fault)).isEqualTo(1);
    trader.listening().close();
  }

  @Test
  void aHeldSlotRefusesTheHandshakeOrElseTheLogin() throws Exception {
    long held = trader.fault("{\"account\":\"demo\",\"fault\":\"slot-held\",\"forMs\":60000}");
    assertThat(handshake("APCA-API-KEY-ID: " + trader.broker().account("demo").key()))
        .isEqualTo("429");
    try (var stream = new RawStream(trader.broker().stream())) {
      stream.send(trader.auth());
      assertThat(stream.next()).contains("\"action\":\"error\"", "another connection is open");
      assertThat(stream.next()).isEqualTo("close 1008");
    }
    assertThat(trader.happened(held)).isEqualTo(2);
    trader.broker().faults().clear(_ -> true);
    trader.listening().close();
  }

  @Test
  void aStickySlotIsHeldAfterAnUncleanEndOnly() throws Exception {
    long sticky =
        trader.fault("{\"account\":\"demo\",\"fault\":\"sticky-slot\",\"delayMs\":60000}");
    try (var clean = trader.listening()) {
      clean.sayGoodbye();
      assertThat(clean.next()).startsWith("close");
    }
    var unclean = trader.listening();
    unclean.close();
    trader.awaitHappened(sticky, 1);
    try (var stream = new RawStream(trader.broker().stream())) {
      stream.send(trader.auth());
      assertThat(stream.next()).contains("another connection is open");
    }
    assertThat(trader.broker().faults().total(FaultKind.SLOT_HELD)).isEqualTo(1);
    assertThat(trader.happened(sticky)).isEqualTo(1);
  }

  @Test
  void goodKeysMayBeCalledWrong() throws Exception {
    long open = trader.fault("{\"account\":\"demo\",\"fault\":\"unauthorized\",\"close\":false}");
    try (var stream = new RawStream(trader.broker().stream())) {
      stream.send(trader.auth());
      assertThat(stream.next()).contains("\"status\":\"unauthorized\"");
      stream.send(trader.auth());
      assertThat(stream.next()).contains("\"status\":\"authorized\"");
    }
    long closing = trader.fault("{\"account\":\"demo\",\"fault\":\"unauthorized\"}");
    try (var stream = new RawStream(trader.broker().stream())) {
      stream.send(trader.auth());
      assertThat(stream.next()).contains("\"status\":\"unauthorized\"");
      assertThat(stream.next()).isEqualTo("close 1008");
    }
    assertThat(trader.happened(open) + trader.happened(closing)).isEqualTo(2);
    var logins = Trader.json(trader.get("/simulator/connections")).at("/accounts/demo");
    assertThat(logins.path("total").asInt()).isEqualTo(3);
    assertThat(logins.path("refused").asInt()).isEqualTo(2);
  }

  @Test
  void tradeUpdatesMayBeMissingInTheAcknowledgement() throws Exception {
    long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"ack-without-trade-updates\"}");
    try (var stream = new RawStream(trader.broker().stream())) {
      stream.send(trader.auth());
      assertThat(stream.next()).contains("\"status\":\"authorized\"");
      stream.send(Trader.listen());
      assertThat(stream.next()).contains("\"stream\":\"listening\"", "\"streams\":[]");
      trader.buy("c-1");
      stream.send(Trader.listen());
      assertThat(stream.next()).contains("\"streams\":[\"trade_updates\"]");
      trader.fill();
      assertThat(stream.next()).contains("\"event\":\"new\"");
    }
    assertThat(trader.happened(fault)).isEqualTo(1);
    trader.assertTruth("c-1", "filled", "45");
  }

  private String handshake(String... headers) throws IOException {
    try (var stream = new RawStream(trader.broker().stream(), headers)) {
      return stream.status();
    }
  }
}
