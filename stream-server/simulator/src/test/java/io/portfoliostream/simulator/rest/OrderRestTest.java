package io.portfoliostream.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderRestTest extends RestTest {

  @Test
  void anOrderIsReplacedByANewOne() {
    var order = post(limit("100"));
    market.pass(Duration.ofSeconds(1));
    var id = order.path("id").asText();
    var answer = call("PATCH", "/v2/orders/" + id, "{\"qty\":\"7\",\"limit_price\":101}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer).path("replaces").asText()).isEqualTo(id);
    assertThat(get("/v2/orders/" + id).path("status").asText()).isEqualTo("pending_replace");
    market.pass(Duration.ofSeconds(1));
    var old = get("/v2/orders/" + id);
    assertThat(old.path("status").asText()).isEqualTo("replaced");
    assertThat(old.path("replaced_by")).isEqualTo(body(answer).path("id"));
    assertThat(old.path("replaced_at").isTextual()).isTrue();
    assertThat(call("PATCH", "/v2/orders/" + id, "{\"qty\":\"8\"}").status()).isEqualTo(422);
    assertThat(call("PATCH", "/v2/orders/" + new UUID(1, 1), "{\"qty\":\"8\"}").status())
        .isEqualTo(404);
    assertThat(call("PATCH", "/v2/orders/" + id, "{\"qty\":\"x\"}").status()).isEqualTo(422);
  }

  @Test
  void legsAreListedOnTheirOwnOrWithinTheirParents() {
    var bracket =
        post(
            BUY.replace(
                "{",
                "{\"order_class\":\"bracket\",\"take_profit\":{\"limit_price\":\"220\"},"
                    + "\"stop_loss\":{\"stop_price\":\"180\",\"limit_price\":\"179\"},"));
    assertThat(bracket.path("order_class").asText()).isEqualTo("bracket");
    assertThat(bracket.path("legs")).hasSize(2);
    assertThat(bracket.at("/legs/0/limit_price").asText()).isEqualTo("220");
    assertThat(bracket.at("/legs/1/type").asText()).isEqualTo("stop_limit");
    assertThat(bracket.at("/legs/1/status").asText()).isEqualTo("held");
    assertThat(get("/v2/orders")).hasSize(3).allMatch(order -> order.path("legs").isNull());
    var nested = get("/v2/orders?nested=true");
    assertThat(nested).hasSize(1);
    assertThat(nested.get(0).path("legs")).hasSize(2);
    var id = bracket.path("id").asText();
    assertThat(get("/v2/orders/" + id).path("legs").isNull()).isTrue();
    assertThat(get("/v2/orders/" + id + "?nested=true").path("legs")).hasSize(2);
  }

  @Test
  void aTrailingStopTellsItsBestPriceAndItsStop() {
    var order =
        post(
            "{\"symbol\":\"KO\",\"qty\":\"10\",\"side\":\"sell\",\"type\":\"trailing_stop\","
                + "\"time_in_force\":\"gtc\",\"trail_percent\":\"5\"}");
    market.pass(Duration.ofSeconds(1));
    var working = get("/v2/orders/" + order.path("id").asText());
    assertThat(working.path("hwm").asText()).isEqualTo("64");
    assertThat(working.path("stop_price").asText()).isEqualTo("60.8");
    assertThat(working.path("trail_percent").asText()).isEqualTo("5");
    assertThat(working.path("trail_price").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "order_class":"bracket" | bracket orders require take_profit and stop_loss
          "order_class":"oto","take_profit":{"limit_price":1},"stop_loss":{"stop_price":1} | oto orders require one of take_profit or stop_loss
          "take_profit":{"limit_price":"1"} | simple orders require no take_profit or stop_loss
          "order_class":"oto","take_profit":{"limit":"1"} | take_profit.limit_price is required
          "order_class":"oto","take_profit":5 | take_profit must be an object
          "trail_price":"1" | market orders require no trail price or percent
          """)
  void exitsThatDoNotFitAreRefusedInWords(String fields, String message) {
    var answer = call("POST", "/v2/orders", BUY.replace("{", "{" + fields + ","));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(body(answer).path("message").asText()).isEqualTo(message);
  }
}
