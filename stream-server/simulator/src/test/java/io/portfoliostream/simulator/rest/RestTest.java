package io.portfoliostream.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.desk.Desk;
import io.portfoliostream.simulator.desk.Interventions;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.store.MemoryStore;
import io.portfoliostream.simulator.testkit.Market;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of the REST interface share: a quiet market in which Alice holds ten KO.
abstract class RestTest {
  static final Map<String, String> ALICE =
      Map.of("apca-api-key-id", "PKalice", "apca-api-secret-key", "secret-alice");
  static final String BUY =
      "{\"symbol\":\"AAPL\",\"qty\":\"5\",\"side\":\"buy\",\"type\":\"market\",\"time_in_force\":\"day\"}";

  final Market market = Market.holding("KO", "10", "60");
  final Desk desk =
      new Desk(
          market.exchange(),
          new MemoryStore(),
          (_, _) -> {},
          writer -> Thread.ofPlatform().daemon().start(writer));
  final RestApi api =
      new RestApi(
          desk,
          new Interventions(desk),
          new KeyRing(market.exchange().books().stream().map(AccountBook::profile).toList()),
          market.faults(),
          RateLimit.perMinute(0, market.clock()));

  @BeforeEach
  void standStill() {
    market.price("AAPL", "200.00");
    market.price("KO", "64.00");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  JsonNode get(String target) {
    var answer = call("GET", target, "");
    assertThat(answer.status()).as(target).isEqualTo(200);
    return body(answer);
  }

  JsonNode post(String order) {
    var answer = call("POST", "/v2/orders", order);
    assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
    return body(answer);
  }

  Response call(String method, String target, String body) {
    var uri = URI.create(target);
    var path = Objects.requireNonNull(uri.getPath());
    var query = new HashMap<String, String>();
    if (uri.getRawQuery() != null) {
      for (var pair : uri.getRawQuery().split("&", -1)) {
        var parts = pair.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return api.answer(new Request(method, path, query, ALICE, body, true));
  }

  Iterable<String> idsOf(String target) {
    return StreamSupport.stream(get(target).spliterator(), false)
        .map(order -> order.path("id").asText())
        .toList();
  }

  static Iterable<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  static JsonNode body(Response response) {
    assertThat(response.body()).isNotNull();
    return response.body();
  }

  static String limit(String price) {
    return BUY.replace("market", "limit").replace("{", "{\"limit_price\":\"" + price + "\",");
  }
}
