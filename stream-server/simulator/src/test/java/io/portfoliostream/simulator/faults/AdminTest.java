package io.portfoliostream.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import io.portfoliostream.simulator.testkit.ManualClock;
import io.portfoliostream.simulator.testkit.Trader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The admin interface and the script.
class AdminTest {
  private final Trader trader = new Trader();

  @AfterEach
  void close() {
    trader.close();
  }

  @Test
  void faultsAreListedWithWhatIsLeftOfThemAndClearedByAccountKindOrId() throws Exception {
    var number = Trader.json(trader.get("/v2/account")).path("account_number").asText();
    long first =
        trader.fault("{\"account\":\"%s\",\"fault\":\"swallow\",\"times\":3}".formatted(number));
    trader.fault("{\"account\":\"PKDEMO00000000000002\",\"fault\":\"delay\",\"delayMs\":7}");
    trader.fault("{\"feed\":\"iex\",\"fault\":\"mute\",\"forMs\":60000}");
    try (var _ = trader.listening()) {
      trader.buy("c-1");
    }
    var board = Trader.json(trader.get("/simulator/faults"));
    assertThat(board.at("/faults/0/account").asText()).isEqualTo("demo");
    assertThat(board.at("/faults/0/remaining").asInt()).isEqualTo(2);
    assertThat(board.at("/faults/0/happened").asInt()).isEqualTo(1);
    assertThat(board.at("/faults/1/account").asText()).isEqualTo("demo2");
    assertThat(board.at("/faults/1/delayMs").asInt()).isEqualTo(7);
    assertThat(board.at("/faults/2/until").isTextual()).isTrue();
    assertThat(board.at("/totals/swallow").asInt()).isEqualTo(1);
    assertThat(clear("?account=PKDEMO00000000000002")).isEqualTo(1);
    assertThat(clear("?fault=mute&feed=iex")).isEqualTo(1);
    assertThat(clear("?id=" + first)).isEqualTo(1);
    assertThat(clear("")).isZero();
    assertThat(trader.broker().faults().isQuiet()).isTrue();
    assertThat(Trader.json(trader.get("/simulator/faults")).at("/faults/0/active").asBoolean())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                       | must be a JSON object
          {"account":"demo"}                                       | fault must be one of mute
          {"account":"demo","fault":"explode"}                     | explode
          {"fault":"mute"}                                         | either account or feed
          {"account":"nobody","fault":"mute"}                      | no such account: nobody
          {"feed":"otc","fault":"mute"}                            | feed must be iex
          {"feed":"iex","fault":"refuse"}                          | refuse is a fault of accounts
          {"account":"*","fault":"mute","status":500}              | mute has no setting status
          {"account":"*","fault":"refuse","status":200}            | status must be 400 to 599: 200
          {"account":"*","fault":"refuse","status":"500"}          | status must be a whole number
          {"account":"*","fault":"delay","delayMs":600001}         | delayMs must be 0 to 600000
          {"account":"*","fault":"swallow","times":-1}             | times must be 0 to 1000000: -1
          {"account":"*","fault":"swallow","share":0}              | share must be above 0
          {"account":"*","fault":"huge-event","bytes":5000000}     | bytes must be 1 to 4194304
          {"account":"*","fault":"mute","forMs":0}                 | forMs must be 1 to 86400000: 0
          {"account":"*","fault":"unauthorized","close":1}         | close must be true or false
          {"account":"*","fault":"drop","times":0}                 | times must not be 0 for drop
          {"account":"*","fault":"mute","atMs":5}                  | atMs belongs into a script
          """)
  void aBadFaultIsRefusedWithWhatIsWrong(String body, String message) throws Exception {
    var answer = trader.send("POST", "/simulator/faults", body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Trader.json(answer).path("message").asText()).contains(message);
    assertThat(trader.broker().faults().isQuiet()).isTrue();
  }

  @Test
  void anAccountMayBeOpenedAndTradesAtOnceAndIsStillThereAfterARestart(@TempDir Path folder)
      throws Exception {
    var options = Trader.options().withDataDir(folder);
    try (var first = new Trader(options)) {
      var answer =
          first.send(
              "POST",
              "/simulator/accounts",
              "{\"name\":\"t1\",\"key\":\"PKT1000000000001\",\"secret\":\"secret-t1\","
                  + "\"cash\":\"5000.50\",\"positions\":[{\"symbol\":\"KO\",\"qty\":\"10\","
                  + "\"avg_entry_price\":\"60\"}]}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      var profile = first.broker().account("t1");
      assertThat(profile.key()).isEqualTo("PKT1000000000001");
      assertTruthOf(first, "t1", "5000.5");
      var again = first.send("POST", "/simulator/accounts", "{\"name\":\"t1\",\"cash\":\"1\"}");
      assertThat(again.statusCode()).isEqualTo(422);
      assertThat(again.body()).contains("there is an account with the name t1");
    }
    try (var second = new Trader(options)) {
      assertTruthOf(second, "PKT1000000000001", "5000.5");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                    | name must match
          {"name":"X Y"}                                                        | name must match
          {"name":"t1","cash":"-1"}                                             | cash must be 0 to
          {"name":"t1","key":"k"}                                               | key must match
          {"name":"t1","positions":[{"symbol":"NOPE","qty":"1"}]}               | not listed: NOPE
          {"name":"t1","positions":[{"symbol":"KO","qty":"0"}]}                 | qty must not be 0
          """)
  void aBadAccountIsRefusedWithWhatIsWrong(String body, String message) throws Exception {
    var answer = trader.send("POST", "/simulator/accounts", body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Trader.json(answer).path("message").asText()).contains(message);
    assertThatThrownBy(() -> trader.broker().account("t1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTruthOfAnAccountIsOneMoment() throws Exception {
    trader.buy("c-1");
    trader.fill();
    var truth = trader.truth();
    assertThat(truth.at("/executions/0/order_id")).isEqualTo(truth.at("/orders/0/id"));
    assertThat(truth.at("/executions/0/position_qty").asText()).isEqualTo("45");
    assertThat(truth.at("/account/cash")).isEqualTo(truth.path("cash"));
    assertThat(trader.get("/simulator/accounts/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void aScriptRunsByTheClockOfTheSimulator(@TempDir Path folder) throws Exception {
    var script = folder.resolve("faults.jsonl");
    Files.writeString(
        script,
        """
        {"atMs":60000,"account":"demo","fault":"swallow","times":2}

        {"atMs":120000,"feed":"*","fault":"mute","forMs":1000}
        """);
    var clock = new ManualClock();
    try (var broker =
        BrokerSimulator.start(SimulatorOptions.defaults().withTicksPerSecond(0), clock)) {
      broker.runScript(script);
      assertThat(broker.faults().list()).isEmpty();
      clock.advance(Duration.ofSeconds(60));
      broker.faults().advance();
      assertThat(broker.faults().list())
          .extracting(posted -> posted.fault().times())
          .containsExactly(2);
      clock.advance(Duration.ofSeconds(60));
      broker.faults().advance();
      assertThat(broker.faults().list()).hasSize(2);
      clock.advance(Duration.ofSeconds(1));
      assertThat(broker.faults().list().getLast().active()).isFalse();
    }
  }

  @Test
  void aBadScriptNamesItsLine(@TempDir Path folder) throws Exception {
    var script = folder.resolve("faults.jsonl");
    Files.writeString(
        script,
        """
        {"atMs":1,"account":"*","fault":"mute"}
        {"account":"*","fault":"mute"}
        """);
    assertThatThrownBy(() -> trader.broker().runScript(script))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("faults.jsonl line 2: atMs must be 0 to");
    assertThat(trader.broker().faults().isQuiet()).isTrue();
  }

  private static void assertTruthOf(Trader from, String account, String cash) throws Exception {
    var truth = Trader.json(from.get("/simulator/accounts/" + account));
    assertThat(truth.path("cash").asText()).isEqualTo(cash);
    assertThat(truth.at("/positions/0/symbol").asText()).isEqualTo("KO");
    assertThat(truth.at("/positions/0/avg_entry_price").asText()).isEqualTo("60");
  }

  private int clear(String query) throws Exception {
    return Trader.json(trader.send("DELETE", "/simulator/faults" + query, ""))
        .path("cleared")
        .asInt();
  }
}
