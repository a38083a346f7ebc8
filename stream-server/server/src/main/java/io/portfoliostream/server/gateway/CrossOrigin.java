package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderNames;
import io.portfoliostream.protocol.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What browsers are told on behalf of pages of other origins (the [CORS
/// protocol](https://fetch.spec.whatwg.org/#http-cors-protocol)): an origin that is listed is
/// echoed, another one is refused.
final class CrossOrigin {
  /// The headers that calls have of their own.
  private static final String HEADERS = "Content-Type, Idempotency-Key, Last-Event-ID";

  private static final String VARY =
      "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

  /// How long a browser need not ask again.
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private CrossOrigin() {}

  /// The answer to a browser that asks what a page may do; empty when it asks something else.
  static Optional<Answer> preflight(OriginPolicy origins, Resource resource, Call call) {
    var wanted = call.header(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    var from = call.headers(HeaderNames.ORIGIN);
    if (!call.method().equals("OPTIONS") || from.isEmpty() || wanted.isEmpty()) {
      return Optional.empty();
    }
    if (!may(origins, from, wanted.get())) {
      return Optional.of(RestEdge.isRead(wanted.get()) ? noReader() : noWriter());
    }
    var methods = resource.methods().stream().filter(method -> may(origins, from, method));
    return Optional.of(granted(methods.collect(Collectors.joining(", "))));
  }

  private static boolean may(OriginPolicy origins, List<String> from, String method) {
    return RestEdge.isRead(method) ? origins.mayRead(from) : origins.mayChange(from, true);
  }

  private static Answer granted(String methods) {
    return Answer.done()
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Allow-Headers", HEADERS)
        .with("Access-Control-Max-Age", Long.toString(REMEMBERED.toSeconds()))
        .with("Vary", VARY);
  }

  /// The same answer, which a page of a listed origin may read.
  static Answer readable(OriginPolicy origins, Call call, Answer answer) {
    return origins
        .listed(call.headers(HeaderNames.ORIGIN))
        .map(origin ->
            answer
                .with("Access-Control-Allow-Origin", origin.value())
                .with("Access-Control-Allow-Credentials", "true")
                .with("Access-Control-Expose-Headers", "Retry-After"))
        .orElse(answer);
  }

  static Answer noReader() {
    return Answer.problem(
        ProblemCode.ORIGIN_NOT_ALLOWED, "Pages of this origin may not read anything.");
  }

  static Answer noWriter() {
    return Answer.problem(
        ProblemCode.ORIGIN_NOT_ALLOWED, "Pages of this origin may not change anything.");
  }
}
