package io.portfoliostream.simulator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import io.portfoliostream.simulator.testkit.StreamClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlowClientTest {
  private static final String AUTH =
      "{\"action\":\"auth\",\"key\":\"PKDEMO00000000000001\",\"secret\":"
          + "\"demo-secret-demo-secret-demo-secret-0001\"}";
  private static final String SUBSCRIBE =
      "{\"action\":\"subscribe\",\"trades\":[\"*\"],\"quotes\":[\"*\"]}";

  @Test
  void aClientThatDoesNotReadIsCutAndItsSlotIsFree() throws Exception {
    var options = SimulatorOptions.defaults().withTicksPerSecond(20_000);
    try (var broker = BrokerSimulator.start(options);
        var stalled = new Socket();
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      stalled.setReceiveBufferSize(8_192);
      stalled.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()));
      subscribe(stalled.getOutputStream(), broker.port());
      readUntil(stalled.getInputStream(), "\"T\":\"subscription\"");
      try (var next = new StreamClient(http, broker.data())) {
        assertThat(next.next()).contains("connected");
        next.send(AUTH);
        // Until the stalled one is cut, its slot is taken.
        var answer = next.next();
        while (answer.contains("connection limit exceeded")) {
          next.send(AUTH);
          answer = next.next();
        }
        assertThat(answer).contains("authenticated");
      }
    }
  }

  private static void readUntil(InputStream in, String expected) throws IOException {
    var seen = new StringBuilder();
    while (seen.indexOf(expected) < 0) {
      int next = in.read();
      assertThat(next).as(seen.toString()).isNotNegative();
      seen.append((char) next);
    }
  }

  private static void subscribe(OutputStream out, int port) throws IOException {
    var handshake =
        """
        GET /v2/iex HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        \r
        """
            .formatted(port);
    out.write(handshake.getBytes(StandardCharsets.US_ASCII));
    out.write(masked(AUTH));
    out.write(masked(SUBSCRIBE));
    out.flush();
  }

  /// A client's text frame, masked with zeros.
  private static byte[] masked(String message) {
    byte[] payload = message.getBytes(StandardCharsets.UTF_8);
    var frame = ByteBuffer.allocate(payload.length + 8).put((byte) 0x81);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) 0xFE).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    return Arrays.copyOf(frame.array(), frame.position());
  }
}
