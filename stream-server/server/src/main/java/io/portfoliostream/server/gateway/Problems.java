package io.portfoliostream.server.gateway;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.portfoliostream.protocol.MalformedJson;
import io.portfoliostream.protocol.ProblemCode;
import java.util.regex.Pattern;

/// The answers to requests that the web server itself refuses, since they cannot be read.
final class Problems {
  private static final Pattern CLASS_NAME = Pattern.compile("`(?:\\w+\\.)+([\\w$]+)[^`]*`");

  private Problems() {}

  /// @param tls whether the listener is
  static DirectHandlers handlers(boolean tls) {
    var handlers = DirectHandlers.builder();
    for (var type : EventType.values()) {
      handlers.addHandler(
          type, (_, _, status, headers, _) -> response(headers, answer(status).over(tls)));
    }
    return handlers.build();
  }

  /// What is wrong with a body, without how our code is called.
  static String withoutClassNames(MalformedJson e) {
    var message = e.getMessage();
    return message == null
        ? "The body cannot be read."
        : CLASS_NAME.matcher(message).replaceAll("$1");
  }

  private static TransportResponse response(ServerResponseHeaders headers, Answer answer) {
    var response =
        TransportResponse.builder()
            .status(Status.create(answer.status()))
            .headers(headers)
            .keepAlive(false);
    answer.allHeaders().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    return response.entity(answer.body()).build();
  }

  private static Answer answer(Status status) {
    return switch (status.code()) {
      case 404 -> Answer.problem(ProblemCode.NOT_FOUND, "There is no such path.");
      case 413 -> Call.tooLarge();
      case 500 -> Answer.fault();
      case 503 -> Answer.unavailable();
      default -> Answer.problem(ProblemCode.BAD_REQUEST, "The request cannot be read.");
    };
  }
}
