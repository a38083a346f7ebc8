package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.client.StreamApiException.BadAnswer;
import io.portfoliostream.client.StreamApiException.Refused;
import io.portfoliostream.client.StreamApiException.Unreachable;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.MalformedJson;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.ProblemCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One HTTP call and its answer: bounded in time and size, failures told by [StreamApiException].
final class Exchange {
  private static final long MAX_BODY_BYTES = 16L * 1024 * 1024;
  private static final long MAX_RETRY_AFTER_SECONDS = 3600;

  private final HttpClient http;
  private final URI server;
  private final Duration timeout;

  Exchange(HttpClient http, URI server, Duration timeout) {
    this.http = requireNonNull(http, "http");
    this.server = requireNonNull(server, "server");
    this.timeout = requireNonNull(timeout, "timeout");
  }

  HttpRequest.Builder request(String path, @Nullable SessionCookie cookie) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(timeout)
            .header("Accept", "application/json, application/problem+json");
    return cookie == null ? request : request.header("Cookie", cookie.header(server));
  }

  static HttpRequest post(HttpRequest.Builder request, @Nullable Object body) {
    if (body == null) {
      return request.POST(BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(Json.write(body)))
        .build();
  }

  /// The answer, when its status is 2xx.
  HttpResponse<byte[]> send(HttpRequest request) {
    return sendTolerating(0, request);
  }

  /// The answer, when its status is 2xx or `status`.
  HttpResponse<byte[]> sendTolerating(int status, HttpRequest request) {
    var answer = await(request);
    var got = answer.statusCode();
    if (got >= 400 && got != status) {
      throw refusal(got, answer.headers(), answer.body());
    }
    if (got < 200 || (got >= 300 && got < 400)) {
      throw new BadAnswer(what(request) + " answered " + got, null);
    }
    return answer;
  }

  static <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
    try {
      return Json.read(answer.body(), type);
    } catch (MalformedJson e) {
      if (answer.statusCode() >= 400) {
        throw refusal(answer.statusCode(), answer.headers(), answer.body());
      }
      throw new BadAnswer("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /// What a refused call or upgrade says, whatever its body is.
  static Refused refusal(int status, HttpHeaders headers, byte[] body) {
    var told = problem(body);
    var said = told.isPresent() ? told.get() : synthesised(status);
    var problem =
        new Problem(said.type(), said.title(), status, said.code(), said.detail(), said.errors());
    return new Refused(problem, retryAfter(headers).orElse(null));
  }

  /// The problem in `body`, if it is one.
  static Optional<Problem> problem(byte[] body) {
    try {
      return Optional.of(Json.read(body, Problem.class));
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  static Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), MAX_RETRY_AFTER_SECONDS)));
  }

  private static Problem synthesised(int status) {
    var code =
        switch (status) {
          case 401 -> ProblemCode.UNAUTHENTICATED;
          case 403 -> ProblemCode.FORBIDDEN;
          case 404 -> ProblemCode.NOT_FOUND;
          case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
          case 413 -> ProblemCode.BODY_TOO_LARGE;
          case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
          case 422 -> ProblemCode.INVALID;
          case 502, 503, 504 -> ProblemCode.UNAVAILABLE;
          default -> status >= 500 ? ProblemCode.INTERNAL : ProblemCode.BAD_REQUEST;
        };
    var detail = "the server answered " + status + " without an explanation";
    return new Problem(
        "about:blank", code.problem(detail).title(), status, code.wireName(), detail, null);
  }

  private HttpResponse<byte[]> await(HttpRequest request) {
    var answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new Unreachable(what(request) + " failed", e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Unreachable(what(request) + " took longer than " + timeout, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Unreachable(what(request) + " was interrupted", e);
    }
  }

  private static String what(HttpRequest request) {
    return request.method() + ' ' + request.uri().getPath();
  }
}
