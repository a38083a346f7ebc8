package io.portfoliostream.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.testkit.RawStream;
import io.portfoliostream.simulator.testkit.Trader;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Trade updates that are lost, doubled, swapped, late or strange, and the state behind them.
class EventFaultsTest {
  private final Trader trader = new Trader();

  @AfterEach
  void close() {
    trader.close();
  }

  @Test
  void swallowedEventsAreGoneForGood() throws Exception {
    try (var stream = trader.listening()) {
      long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"swallow\",\"times\":2}");
      trade("c-1");
      assertThat(events(stream, 1)).containsExactly("fill");
      assertThat(trader.happened(fault)).isEqualTo(2);
      trader.assertTruth("c-1", "filled", "45");
    }
  }

  @Test
  void duplicatesAreAlikeToTheLastByte() throws Exception {
    try (var stream = trader.listening()) {
      long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"duplicate\"}");
      trade("c-1");
      var first = stream.next();
      assertThat(first).contains("\"event\":\"pending_new\"").isEqualTo(stream.next());
      assertThat(events(stream, 2)).containsExactly("new", "fill");
      assertThat(trader.happened(fault)).isEqualTo(1);
      trader.assertTruth("c-1", "filled", "45");
    }
  }

  @Test
  void aReorderedEventComesBehindTheNextOne() throws Exception {
    try (var stream = trader.listening()) {
      long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"reorder\"}");
      trade("c-1");
      assertThat(events(stream, 3)).containsExactly("new", "pending_new", "fill");
      assertThat(trader.happened(fault)).isEqualTo(1);
      trader.assertTruth("c-1", "filled", "45");
    }
  }

  @Test
  void aReorderedEventThatNothingFollowsComesLate() throws Exception {
    try (var stream = trader.listening()) {
      long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"reorder\",\"delayMs\":50}");
      trader.buy("c-1");
      assertThat(events(stream, 1)).containsExactly("pending_new");
      assertThat(trader.happened(fault)).isEqualTo(1);
      trader.assertTruth("c-1", "pending_new", "40");
    }
  }

  @Test
  void aLateEventIsNotOvertaken() throws Exception {
    try (var stream = trader.listening()) {
      long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"delay\",\"delayMs\":300}");
      long before = System.nanoTime();
      trade("c-1");
      trader.assertTruth("c-1", "filled", "45");
      assertThat(events(stream, 3)).containsExactly("pending_new", "new", "fill");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(290));
      assertThat(trader.happened(fault)).isEqualTo(1);
    }
  }

  @Test
  void anUnknownEventComesBesideAKnownOneWithAnIdOfItsOwn() throws Exception {
    try (var stream = trader.listening()) {
      long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"unknown-event\"}");
      trader.buy("c-1");
      var known = content(stream.next());
      var unknown = content(stream.next());
      assertThat(unknown.path("event").asText()).isEqualTo("x_unknown");
      assertThat(unknown.path("event_id").asText())
          .hasSize(26)
          .isNotEqualTo(known.path("event_id").asText());
      assertThat(unknown.path("order")).isEqualTo(known.path("order"));
      assertThat(trader.happened(fault)).isEqualTo(1);
      trader.assertTruth("c-1", "pending_new", "40");
    }
  }

  @Test
  void fieldsMayBeUnknownMissingOrHuge() throws Exception {
    try (var stream = trader.listening()) {
      long unknown = trader.fault("{\"account\":\"demo\",\"fault\":\"unknown-field\"}");
      long missing = trader.fault("{\"account\":\"demo\",\"fault\":\"missing-event-id\"}");
      long huge = trader.fault("{\"account\":\"demo\",\"fault\":\"huge-event\",\"bytes\":2000000}");
      trade("c-1");
      var strange = content(stream.next());
      assertThat(strange.has("event_id")).isFalse();
      assertThat(strange.path("x_padding").asText()).hasSize(2_000_000);
      assertThat(strange.at("/x_unknown/list/0").asInt()).isEqualTo(1);
      assertThat(strange.at("/order/x_unknown").asText()).isEqualTo("y");
      assertThat(content(stream.next()).has("event_id")).isTrue();
      assertThat(List.of(trader.happened(unknown), trader.happened(missing), trader.happened(huge)))
          .containsOnly(1L);
      trader.assertTruth("c-1", "filled", "45");
    }
  }

  @Test
  void aSkewedClockIsWrongOnTheStreamAndByRestAndRightBehindThem() throws Exception {
    try (var stream = trader.listening()) {
      long fault =
          trader.fault("{\"account\":\"demo\",\"fault\":\"clock-skew\",\"offsetMs\":-3600000}");
      var answer = Trader.json(trader.buy("c-1"));
      var told = content(stream.next());
      var truth = trader.truth().at("/orders/0");
      var right = OffsetDateTime.parse(truth.path("created_at").asText());
      assertThat(OffsetDateTime.parse(answer.path("created_at").asText()))
          .isEqualTo(right.minusHours(1));
      assertThat(OffsetDateTime.parse(told.at("/order/created_at").asText()))
          .isEqualTo(right.minusHours(1));
      assertThat(OffsetDateTime.parse(told.path("at").asText())).isBefore(right);
      var clock = Trader.json(trader.get("/v2/clock")).path("timestamp").asText();
      assertThat(OffsetDateTime.parse(clock)).isBefore(right);
      assertThat(answer.path("expires_at")).isEqualTo(truth.path("expires_at"));
      assertThat(trader.happened(fault)).isEqualTo(3);
    }
  }

  @Test
  void aShareOfTheEventsIsTheSameShareForTheSameSeed() throws Exception {
    var once = surviving();
    assertThat(once).hasSizeBetween(5, 25);
    assertThat(surviving()).isEqualTo(once);
  }

  private static List<String> surviving() throws Exception {
    try (var other = new Trader();
        var stream = other.listening()) {
      other.fault("{\"account\":\"demo\",\"fault\":\"swallow\",\"times\":0,\"share\":0.5}");
      for (int order = 0; order < 10; order++) {
        other.buy("c-" + order);
        other.fill();
      }
      other.broker().faults().clear(_ -> true);
      other.buy("end");
      var heard = new ArrayList<String>();
      for (var next = content(stream.next()); !isEnd(next); next = content(stream.next())) {
        heard.add(next.at("/order/client_order_id").asText() + next.path("event").asText());
      }
      return heard;
    }
  }

  private static boolean isEnd(JsonNode content) {
    return content.at("/order/client_order_id").asText().equals("end");
  }

  private void trade(String clientOrderId) throws IOException, InterruptedException {
    trader.buy(clientOrderId);
    trader.fill();
  }

  private static List<String> events(RawStream stream, int count) throws IOException {
    var events = new ArrayList<String>();
    for (int event = 0; event < count; event++) {
      events.add(content(stream.next()).path("event").asText());
    }
    return events;
  }

  private static JsonNode content(String frame) {
    assertThat(frame).startsWith("binary {");
    return Json.parseObject(frame.substring("binary ".length())).orElseThrow().path("data");
  }
}
