package io.portfoliostream.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.broker.Refusal;
import io.portfoliostream.simulator.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer: a status, and JSON unless there is nothing to say.
///
/// @param headers beside the usual ones
public record Response(int status, @Nullable JsonNode body, Map<String, String> headers) {

  public Response {
    headers = Map.copyOf(headers);
  }

  /// An answer with the usual headers.
  public Response(int status, @Nullable JsonNode body) {
    this(status, body, Map.of());
  }

  /// The usual answer.
  public static Response ok(JsonNode body) {
    return new Response(200, body);
  }

  /// Done, and nothing to say.
  public static Response noContent() {
    return new Response(204, null);
  }

  /// Done in parts, each with its own status.
  public static Response multiStatus(JsonNode body) {
    return new Response(207, body);
  }

  /// This answer with headers.
  Response with(Map<String, String> more) {
    return new Response(status, body, more);
  }

  /// A refusal in the broker's shape.
  public static Response refused(Refusal refusal) {
    var body = Json.object().put("code", refusal.code()).put("message", refusal.message());
    refusal.details().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(detail -> body.put(detail.getKey(), detail.getValue()));
    return new Response(refusal.status(), body);
  }
}
