package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/// The rest of a connection whose upgrade was refused: the answer, and its end.
final class RefusedUpgrade implements ServerConnection {
  private final ConnectionContext socket;
  private final Answer answer;

  RefusedUpgrade(ConnectionContext socket, Answer answer) {
    this.socket = socket;
    this.answer = answer.over(socket.isSecure());
  }

  @Override
  public void handle(Limit limit) {
    try {
      socket.dataWriter().writeNow(BufferData.create(response(answer)));
    } catch (UncheckedIOException _) {
      // The client did not wait for the answer.
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  /// Nothing to do: it ends by itself.
  @Override
  public void close(boolean interrupt) {}

  private static byte[] response(Answer answer) {
    var body = answer.body();
    var head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(' ');
    head.append(Status.create(answer.status()).reasonPhrase()).append("\r\n");
    answer
        .allHeaders()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    var response = new ByteArrayOutputStream();
    response.writeBytes(head.toString().getBytes(ISO_8859_1));
    response.writeBytes(body);
    return response.toByteArray();
  }
}
