package io.portfoliostream.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VanishedClientTest {
  private static final String HALF_A_REQUEST =
      """
      POST /v2/orders HTTP/1.1\r
      Host: localhost\r
      APCA-API-KEY-ID: PKDEMO00000000000001\r
      APCA-API-SECRET-KEY: demo-secret-demo-secret-demo-secret-0001\r
      Content-Type: application/json\r
      Content-Length: 50\r
      \r
      {"symbol":\
      """;

  /// No fault of the broker's, and nobody to tell.
  @Test
  void aClientThatGoesAwayWithinItsBodyIsNotAnswered() throws Exception {
    try (var broker = BrokerSimulator.start(SimulatorOptions.defaults());
        var client = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
      client.getOutputStream().write(HALF_A_REQUEST.getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
  }
}
