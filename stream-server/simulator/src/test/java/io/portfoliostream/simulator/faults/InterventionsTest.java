package io.portfoliostream.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.testkit.ManualClock;
import io.portfoliostream.simulator.testkit.Trader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What happens to accounts without an order, and how it is counted.
class InterventionsTest {
  private final Trader trader = new Trader();

  @AfterEach
  void close() {
    trader.close();
  }

  @Test
  void aBustTakesTheLastExecutionBackAndIsTold() throws Exception {
    try (var stream = trader.listening()) {
      trader.buy("c-1");
      trader.fill();
      trader.assertTruth("c-1", "filled", "45");
      make("{\"action\":\"bust\",\"account\":\"demo\"}");
      for (var event : new String[] {"pending_new", "new", "fill", "trade_bust"}) {
        assertThat(stream.next()).contains("\"event\":\"" + event + "\"");
      }
      trader.assertTruth("c-1", "canceled", "40");
      assertThat(trader.broker().interventions().counts()).containsEntry("bust", 1L);
    }
  }

  @Test
  void aCorrectionSetsPriceAndMoneyRight() throws Exception {
    trader.buy("c-1");
    trader.fill();
    var before = trader.truth().path("cash").decimalValue();
    make("{\"action\":\"correct\",\"account\":\"demo\",\"qty\":\"5\",\"price\":\"200.00\"}");
    trader.assertTruth("c-1", "filled", "45");
    assertThat(trader.truth().path("cash").asText()).isNotEqualTo(before.toPlainString());
    assertThat(trader.broker().interventions().counts()).containsEntry("correct", 1L);
  }

  @Test
  void aPositionDriftsAndMoneyComesWithoutAWordOnTheStream() throws Exception {
    try (var stream = trader.listening()) {
      make(
          "{\"action\":\"move-elsewhere\",\"account\":\"demo\",\"symbol\":\"AAPL\",\"qty\":\"-15\",\"price\":\"200\"}");
      var cash = new BigDecimal(trader.truth().path("cash").asText());
      make("{\"action\":\"transfer\",\"account\":\"demo\",\"amount\":\"250.50\"}");
      assertThat(new BigDecimal(trader.truth().path("cash").asText()).subtract(cash))
          .isEqualByComparingTo("250.50");
      trader.buy("c-1");
      assertThat(stream.next()).contains("pending_new");
      trader.assertTruth("c-1", "pending_new", "25");
    }
  }

  @Test
  void aHaltedSymbolDoesNotFillUntilItIsResumed() throws Exception {
    make("{\"action\":\"halt\",\"symbol\":\"AAPL\"}");
    trader.buy("c-1");
    trader.fill();
    assertThat(trader.truth().at("/orders/0/status").asText()).isNotEqualTo("filled");
    make("{\"action\":\"resume\",\"symbol\":\"AAPL\"}");
    trader.fill();
    trader.assertTruth("c-1", "filled", "45");
    assertThat(Trader.json(trader.get("/simulator/actions")).path("halt").asInt()).isEqualTo(1);
  }

  @Test
  void aScriptMayIntervene(@TempDir Path folder) throws Exception {
    var script = folder.resolve("script");
    Files.writeString(
        script,
        """
        {"atMs":1000,"action":"bust","account":"demo"}
        {"atMs":1000,"action":"transfer","account":"demo","amount":"5"}
        """);
    var clock = new ManualClock();
    try (var broker = BrokerSimulator.start(Trader.options(), clock)) {
      broker.runScript(script);
      clock.advance(Duration.ofSeconds(1));
      broker.faults().advance();
      assertThat(broker.interventions().counts()).as("there is nothing to bust").hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                         | must be a JSON object
          {}                                                         | action is required
          {"action":"explode"}                                       | action must be bust
          {"action":"bust"}                                          | account is required
          {"action":"bust","account":"nobody"}                       | no such account: nobody
          {"action":"bust","account":"demo"}                         | has no execution
          {"action":"halt","symbol":"NOPE"}                          | NOPE
          {"action":"transfer","account":"demo","amount":"1e30"}     | amount
          {"action":"transfer","account":"demo","amount":"2000000000"} | no more than
          """)
  void aBadInterventionIsRefusedWithWhatIsWrong(String body, String message) throws Exception {
    var answer = trader.send("POST", "/simulator/actions", body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Trader.json(answer).path("message").asText()).contains(message);
    assertThat(trader.broker().interventions().counts()).isEmpty();
  }

  private void make(String json) throws Exception {
    var answer = trader.send("POST", "/simulator/actions", json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
