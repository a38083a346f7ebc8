package io.portfoliostream.simulator.broker;

import java.util.Map;

/// Why the broker did not do what was asked.
///
/// @param status HTTP status that goes with it
/// @param code the broker's eight-digit code
/// @param details further fields of the answer
public record Refusal(int status, int code, String message, Map<String, String> details) {

  public Refusal {
    details = Map.copyOf(details);
  }

  /// A request that is not well-formed.
  public static Refusal malformed(String message) {
    return new Refusal(400, 40010000, message, Map.of());
  }

  /// A field that is missing or has a bad value.
  public static Refusal invalid(String message) {
    return new Refusal(422, 40010001, message, Map.of());
  }

  /// A well-formed request that breaks a trading rule.
  public static Refusal unprocessable(String message) {
    return new Refusal(422, 42210000, message, Map.of());
  }

  /// Something that the account may not do.
  public static Refusal forbidden(String message, Map<String, String> details) {
    return new Refusal(403, 40310000, message, details);
  }

  /// Something that does not exist.
  public static Refusal notFound(String message) {
    return new Refusal(404, 40410000, message, Map.of());
  }
}
