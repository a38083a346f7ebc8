package io.portfoliostream.server.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Operations.AlertNotice;
import io.portfoliostream.server.alerts.Alert.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private final HttpServer receiver;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<AlertNotice> received = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Runnable> work = new ArrayList<>();
  private final Webhook webhook;

  WebhookTest() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/alerts", this::receive);
    receiver.start();
    var address = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/alerts?token=secret";
    webhook = new Webhook(URI.create(address), "n1", http, work::add, pauses::add);
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    http.close();
  }

  @Test
  void anAlertIsPostedWithAllThatIsKnownOfIt() {
    webhook.tell(alert(State.FIRING, 12.0));
    runWork();

    assertThat(received)
        .containsExactly(
            new AlertNotice(
                "n1",
                "disconnect_rate",
                "critical",
                "firing",
                Samples.NOON,
                AlertRule.DISCONNECT_RATE.summary(),
                12.0,
                10));
    assertThat(pauses).isEmpty();
  }

  @Test
  void aReceiverThatFailsIsAskedAgainAfterAPause() {
    answers.addAll(List.of(500, 503));

    webhook.tell(alert(State.FIRING, 12.0));
    runWork();

    assertThat(received).hasSize(3);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  @Test
  void aReceiverThatGoesOnFailingIsLeftAloneUntilTheNextAlert() {
    answers.addAll(List.of(500, 500, 500));

    webhook.tell(alert(State.FIRING, 12.0));
    webhook.tell(alert(State.RESOLVED, 2.0));
    runWork();

    assertThat(received)
        .extracting(AlertNotice::state)
        .containsExactly("firing", "firing", "firing", "resolved");
  }

  @Test
  void alertsAreSentInTheirOrderByOneAtATime() {
    webhook.tell(alert(State.FIRING, 12.0));
    webhook.tell(alert(State.RESOLVED, 2.0));
    assertThat(work).hasSize(1);
    runWork();
    webhook.tell(alert(State.FIRING, 14.0));
    runWork();

    assertThat(received)
        .extracting(AlertNotice::state)
        .containsExactly("firing", "resolved", "firing");
  }

  @Test
  void ofMoreThanCanWaitTheOldestIsDropped() {
    for (var number = 0; number <= Webhook.MOST; number++) {
      webhook.tell(alert(State.FIRING, number));
    }
    runWork();

    assertThat(received).hasSize(Webhook.MOST);
    assertThat(received.getFirst().value()).isEqualTo(1);
  }

  private void runWork() {
    while (!work.isEmpty()) {
      work.removeFirst().run();
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      received.add(Json.read(body, AlertNotice.class));
      exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.removeFirst(), -1);
    }
  }

  private static Alert alert(State state, double value) {
    return new Alert(AlertRule.DISCONNECT_RATE, state, Samples.NOON, value);
  }
}
