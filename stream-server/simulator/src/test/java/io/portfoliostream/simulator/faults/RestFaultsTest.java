package io.portfoliostream.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.testkit.Trader;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Orders whose answers say something else than what became of them.
class RestFaultsTest {
  private final Trader trader = new Trader();

  @AfterEach
  void close() {
    trader.close();
  }

  @Test
  void anOrderIsAcceptedAndRejectedLater() throws Exception {
    long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"late-reject\"}");
    try (var stream = trader.listening()) {
      var answer = trader.buy("c-1");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Trader.json(answer).path("status").asText()).isEqualTo("pending_new");
      assertThat(stream.next()).contains("\"event\":\"pending_new\"");
      trader.fill();
      assertThat(stream.next()).contains("\"event\":\"rejected\"", "\"status\":\"rejected\"");
    }
    trader.assertTruth("c-1", "rejected", "40");
    assertThat(trader.happened(fault)).isEqualTo(1);
    trader.buy("c-2");
    trader.fill();
    trader.assertTruth("c-2", "filled", "45");
  }

  @Test
  void anAcceptedOrderIsNeverAnswered() throws Exception {
    long fault =
        trader.fault("{\"account\":\"demo\",\"fault\":\"accept-then-timeout\",\"delayMs\":200}");
    assertThatThrownBy(() -> trader.buy("c-1")).isInstanceOf(IOException.class);
    trader.fill();
    trader.assertTruth("c-1", "filled", "45");
    assertThat(trader.happened(fault)).isEqualTo(1);
  }

  @Test
  void anAcceptedOrderIsAnsweredAsAFailure() throws Exception {
    long fault =
        trader.fault("{\"account\":\"demo\",\"fault\":\"accept-then-5xx\",\"status\":502}");
    assertThat(trader.buy("c-1").statusCode()).isEqualTo(502);
    trader.fill();
    trader.assertTruth("c-1", "filled", "45");
    assertThat(trader.happened(fault)).isEqualTo(1);
  }

  @Test
  void anAcceptedOrderIsCalledADuplicate() throws Exception {
    long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"accept-then-422\"}");
    var answer = trader.buy("c-1");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("40010001", "client_order_id must be unique");
    trader.fill();
    trader.assertTruth("c-1", "filled", "45");
    assertThat(trader.happened(fault)).isEqualTo(1);
  }

  @Test
  void aRefusedOrderIsNotThere() throws Exception {
    long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"refuse\",\"status\":500}");
    assertThat(trader.get("/v2/orders").statusCode()).isEqualTo(200);
    var answer = trader.buy("c-1");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("50010000");
    assertThat(trader.truth().path("orders")).isEmpty();
    assertThat(trader.happened(fault)).isEqualTo(1);
  }

  @Test
  void anEventMayComeLongBeforeTheAnswer() throws Exception {
    long fault = trader.fault("{\"account\":\"demo\",\"fault\":\"hold-reply\",\"delayMs\":1000}");
    try (var stream = trader.listening()) {
      long began = System.nanoTime();
      var order =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  assertThat(trader.buy("c-1").statusCode()).isEqualTo(200);
                } catch (IOException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(stream.next()).contains("\"event\":\"pending_new\"");
      assertThat(order.isAlive()).isTrue();
      order.join();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
    }
    assertThat(trader.happened(fault)).isEqualTo(1);
    trader.assertTruth("c-1", "pending_new", "40");
  }

  @Test
  void tooManyRequestsAreToldWithOrWithoutHeaders() throws Exception {
    long with = trader.fault("{\"account\":\"demo\",\"fault\":\"rate-limit\"}");
    var answer = trader.get("/v2/account");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
    assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
    assertThat(answer.headers().firstValue("X-RateLimit-Reset")).isPresent();
    long without =
        trader.fault("{\"account\":\"demo\",\"fault\":\"rate-limit\",\"headers\":false}");
    var bare = trader.buy("c-1");
    assertThat(bare.statusCode()).isEqualTo(429);
    assertThat(bare.headers().firstValue("Retry-After")).isEmpty();
    assertThat(trader.truth().path("orders")).isEmpty();
    assertThat(trader.happened(with) + trader.happened(without)).isEqualTo(2);
  }

  @Test
  void everyRequestMayFailForATime() throws Exception {
    long fault = trader.fault("{\"account\":\"*\",\"fault\":\"unavailable\",\"forMs\":60000}");
    assertThat(trader.get("/v2/account").statusCode()).isEqualTo(503);
    assertThat(trader.get("/v2/positions").statusCode()).isEqualTo(503);
    assertThat(trader.happened(fault)).isEqualTo(2);
    assertThat(trader.send("DELETE", "/simulator/faults", "").body()).isEqualTo("{\"cleared\":1}");
    assertThat(trader.get("/v2/account").statusCode()).isEqualTo(200);
  }
}
