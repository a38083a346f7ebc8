package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.MalformedJson;
import io.portfoliostream.protocol.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A REST call, as its endpoint sees it.
///
/// @param address where the client is
/// @param secure whether the client's end of the way is TLS
record Call(ServerRequest request, String address, boolean secure) {
  /// The largest body, in bytes.
  static final int MAX_BODY = 64 * 1024;

  private static final int MAX_NAME = 128;

  String method() {
    return request.prologue().method().text();
  }

  /// The call in words: method and path.
  String what() {
    return method() + " " + request.prologue().uriPath().path();
  }

  Optional<String> header(HeaderName name) {
    return request.headers().first(name);
  }

  List<String> headers(HeaderName name) {
    return request.headers().all(name, List::of);
  }

  /// A part of the path.
  ///
  /// @throws Refused when it is longer than any name of ours
  String path(String name) {
    var value = request.path().pathParameters().get(name);
    if (value.length() > MAX_NAME) {
      throw Refused.invalid(name, "is longer than any name");
    }
    return value;
  }

  Optional<String> query(String name) {
    return request.query().first(name).asOptional().filter(value -> !value.isEmpty());
  }

  /// A number from the query.
  ///
  /// @throws Refused when it is none, or out of bounds
  int number(String name, int absent, int least, int most) {
    var text = query(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      var number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw Refused.invalid(name, "must be a number from " + least + " to " + most);
  }

  /// Whether there is a body, as the headers say.
  boolean hasBody() {
    return request.content().hasEntity();
  }

  /// Whether the body claims to be JSON.
  boolean isJson() {
    return header(HeaderNames.CONTENT_TYPE)
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(type -> type.equals("application/json"))
        .isPresent();
  }

  /// The body.
  ///
  /// @throws Refused when there is none or it is too large
  /// @throws io.portfoliostream.protocol.MalformedJson when it is not a `type`
  <T> T body(Class<T> type) {
    if (!hasBody()) {
      throw new Refused(Answer.problem(ProblemCode.BAD_REQUEST, "A JSON body is expected."));
    }
    try (var stream = request.content().inputStream()) {
      var bytes = stream.readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        throw new Refused(tooLarge());
      }
      return Json.read(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a body", e);
    }
  }

  /// A body that holds a secret: should it be malformed, not a word of it is told.
  ///
  /// @throws Refused when there is none, it is too large or not a `type`
  <T> T secretBody(Class<T> type) {
    try {
      return body(type);
    } catch (MalformedJson _) {
      throw new Refused(Answer.problem(ProblemCode.BAD_REQUEST, "The body cannot be read."));
    }
  }

  static Answer tooLarge() {
    return Answer.problem(
            ProblemCode.BODY_TOO_LARGE, "A body may have " + MAX_BODY + " bytes at most.")
        .with("Connection", "close");
  }
}
