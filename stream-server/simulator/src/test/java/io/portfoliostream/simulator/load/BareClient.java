package io.portfoliostream.simulator.load;

import io.portfoliostream.simulator.DemoAccounts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongConsumer;

/// One socket that speaks as little HTTP as will do, so that the measuring costs next to nothing.
final class BareClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;

  BareClient(URI rest) throws IOException {
    host = rest.getHost() + ":" + rest.getPort();
    socket = new Socket(rest.getHost(), rest.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    out = socket.getOutputStream();
  }

  /// A trading stream of a load account whose messages are counted and thrown away.
  static BareClient trading(URI rest, int account, LongConsumer bytes) {
    try {
      var client = new BareClient(rest);
      client.write(
          "GET /stream HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  .formatted(client.host)
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
      client.head();
      client.say(
          "{\"action\":\"auth\",\"key\":\"%s\",\"secret\":\"%s\"}"
              .formatted(DemoAccounts.loadKey(account), DemoAccounts.loadSecret(account)));
      client.say("{\"action\":\"listen\",\"data\":{\"streams\":[\"trade_updates\"]}}");
      Thread.startVirtualThread(() -> client.drain(bytes));
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException("no stream for account " + account, e);
    }
  }

  /// Sends a market order and returns the status of its answer.
  int order(int account) throws IOException {
    var body =
        "{\"symbol\":\"KO\",\"qty\":\"0.01\",\"side\":\"buy\",\"type\":\"market\",\"time_in_force\":\"day\"}";
    write(
        "POST /v2/orders HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(host, OrderLoad.headers(account), body.length(), body));
    var head = head();
    in.skipNBytes(contentLength(head));
    return Integer.parseInt(head.substring(9, 12));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a socket could not be closed", e);
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A text frame masked with zeros.
  private void say(String message) throws IOException {
    byte[] payload = message.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[payload.length + 8];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) 0xFE;
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 8, payload.length);
    out.write(frame);
  }

  private String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the simulator hung up");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private void drain(LongConsumer bytes) {
    byte[] buffer = new byte[1 << 14];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.accept(read);
      }
    } catch (IOException _) {
      // Closed at the end of the measurement.
    }
  }

  private static int contentLength(String head) {
    var lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:");
    return at < 0 ? 0 : Integer.parseInt(lower.substring(at + 15, lower.indexOf('\r', at)).strip());
  }
}
