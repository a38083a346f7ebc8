package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.ProblemCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a request is answered with.
///
/// @param content written as JSON but for a text or a stream, absent for an empty body
/// @param headers besides those that every answer has
record Answer(int status, @Nullable Object content, Map<String, String> headers) {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  /// What every answer says to browsers: nothing is kept, guessed, framed or run.
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Vary", "Origin",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer ok(Object content) {
    return new Answer(200, content, Map.of());
  }

  /// The request was taken in; what comes of it is told later.
  static Answer accepted(Object content) {
    return new Answer(202, content, Map.of());
  }

  static Answer done() {
    return new Answer(204, null, Map.of());
  }

  static Answer problem(ProblemCode code, String detail) {
    return problem(code.problem(detail));
  }

  static Answer problem(Problem problem) {
    return new Answer(problem.status(), problem, Map.of());
  }

  /// The session cannot be found, or there is none.
  static Answer unauthenticated() {
    return problem(ProblemCode.UNAUTHENTICATED, "There is no live session.");
  }

  /// The database is away.
  static Answer unavailable() {
    return problem(ProblemCode.UNAVAILABLE, "This cannot be answered just now.")
        .retryAfter(Duration.ofSeconds(2));
  }

  /// Our own fault; the log has the details.
  static Answer fault() {
    return problem(ProblemCode.INTERNAL, "The server made a mistake.");
  }

  Answer as(int otherStatus) {
    return new Answer(otherStatus, content, headers);
  }

  Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, content, more);
  }

  /// The same answer; over TLS it tells browsers to use nothing else for a year.
  Answer over(boolean tls) {
    return tls ? with("Strict-Transport-Security", "max-age=31536000") : this;
  }

  /// The same answer, telling when to come back; in whole seconds, rounded up.
  Answer retryAfter(Duration delay) {
    var seconds = Math.max(1, delay.plusMillis(999).toSeconds());
    return with("Retry-After", Long.toString(seconds));
  }

  /// The problem that it tells, where it tells one.
  Optional<Problem> problem() {
    return content instanceof Problem problem ? Optional.of(problem) : Optional.empty();
  }

  /// Text that is not JSON.
  static Answer text(String type, String text) {
    return new Answer(200, new Text(type, text), Map.of());
  }

  /// An answer that goes on until one side ends it.
  static Answer stream(String type, Takeover stream) {
    return new Answer(200, stream, Map.of("Content-Type", type, "X-Accel-Buffering", "no"));
  }

  private record Text(String type, String text) {}

  byte[] body() {
    return switch (content) {
      case null -> new byte[0];
      case Text(_, var text) -> text.getBytes(UTF_8);
      default -> Json.write(content);
    };
  }

  /// All headers but those that the length of the body and the connection need.
  Map<String, String> allHeaders() {
    var all = new LinkedHashMap<>(ALWAYS);
    var type = contentType();
    if (type != null) {
      all.put("Content-Type", type);
    }
    all.putAll(headers);
    return all;
  }

  private @Nullable String contentType() {
    return switch (content) {
      case null -> null;
      case Text(var type, _) -> type;
      case Problem _ -> PROBLEM;
      default -> JSON;
    };
  }
}
