package io.portfoliostream.simulator.rest;

import java.time.Duration;
import java.util.Map;

/// How an answer goes out.
///
/// @param headers beside the usual ones
/// @param hold how long it is held back
/// @param hangsUp whether the connection is closed instead of being answered
public record Reply(
    Response response, Map<String, String> headers, Duration hold, boolean hangsUp) {

  public Reply {
    headers = Map.copyOf(headers);
  }

  /// The answer, at once.
  public static Reply of(Response response) {
    return new Reply(response, Map.of(), Duration.ZERO, false);
  }

  Reply heldFor(Duration time) {
    return new Reply(response, headers, time, hangsUp);
  }
}
