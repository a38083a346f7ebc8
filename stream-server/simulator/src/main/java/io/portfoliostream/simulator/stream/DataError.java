package io.portfoliostream.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.json.Json;

/// An error of the market data stream.
enum DataError {
  INVALID_SYNTAX(400, "invalid syntax"),
  NOT_AUTHENTICATED(401, "not authenticated"),
  AUTH_FAILED(402, "auth failed"),
  ALREADY_AUTHENTICATED(403, "already authenticated"),
  AUTH_TIMEOUT(404, "auth timeout"),
  CONNECTION_LIMIT(406, "connection limit exceeded");

  private final int code;
  private final String text;

  DataError(int code, String text) {
    this.code = code;
    this.text = text;
  }

  JsonNode message() {
    var array = Json.array();
    array.addObject().put("T", "error").put("code", code).put("msg", text);
    return array;
  }
}
