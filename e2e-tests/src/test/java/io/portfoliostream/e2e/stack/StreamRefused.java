package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/// The server's refusal to open a stream.
public final class StreamRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  StreamRefused(HttpResponse<?> response) {
    super("refused with " + response.statusCode() + ": " + response.body());
    status = response.statusCode();
    body = String.valueOf(response.body());
  }

  /// Of the HTTP answer.
  public int status() {
    return status;
  }

  /// The problem that the answer's body tells.
  public JsonNode problem() {
    return Rest.read(body);
  }
}
