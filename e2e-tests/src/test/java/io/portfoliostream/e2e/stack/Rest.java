package io.portfoliostream.e2e.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// JSON over HTTP by nothing but the JDK.
final class Rest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient http;
  private final URI base;

  Rest(HttpClient http, URI base) {
    this.http = http;
    this.base = base;
  }

  HttpClient http() {
    return http;
  }

  /// A request to a path, with JSON if it has a body.
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(ANSWER)
        .header("Content-Type", "application/json");
  }

  static HttpRequest.BodyPublisher json(Map<String, ?> body) {
    return BodyPublishers.ofString(JSON.valueToTree(body).toString());
  }

  /// The answer.
  ///
  /// @throws UncheckedIOException when there is none
  Reply send(HttpRequest.Builder request) {
    var response = exchange(request.build());
    return new Reply(response.statusCode(), read(response.body()));
  }

  HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + request.uri(), e);
    }
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }
}
