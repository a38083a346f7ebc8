package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Classifies what went wrong with a call by what is certain about its effect.
final class RestFailures {
  private static final int MAX_REASON = 500;

  private RestFailures() {}

  /// What an answer with a status other than 2xx means.
  ///
  /// @param pause how long a 429 asks to wait
  static AlpacaException ofAnswer(String call, HttpResponse<byte[]> response, Duration pause) {
    var status = response.statusCode();
    var body = body(response.body());
    var code = code(body);
    var reason = reason(body, status);
    var context =
        "%s answered %d (code %d, request %s): %s"
            .formatted(call, status, code, requestId(response), reason);
    if (status == 429) {
      return new AlpacaException.RateLimited(pause);
    }
    // Alpaca says 403 for a refused order too, then always with a code of its own.
    if (status == 401 || (status == 403 && code == 0)) {
      return new AlpacaException.Unauthorized(context);
    }
    if (status >= 400 && status < 500 && status != 408) {
      return new AlpacaException.Rejected(status, code, reason);
    }
    return new AlpacaException.OutcomeUnknown(context, null);
  }

  /// What a call without an answer means.
  static AlpacaException ofFailure(String call, Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (isBeforeSending(cause)) {
        return new AlpacaException.Unreachable(call + " found no connection", failure);
      }
    }
    return new AlpacaException.OutcomeUnknown(call + " got no answer", failure);
  }

  /// Whether a refusal says that the thing asked for does not exist, in the broker's own words: a
  /// 404 of some gateway on the way must not be mistaken for it.
  static boolean isNotFound(AlpacaException.Rejected rejected) {
    return rejected.status() == 404 && rejected.code() / 100_000 == 404;
  }

  static String requestId(HttpResponse<?> response) {
    return response.headers().firstValue("X-Request-ID").orElse("unknown");
  }

  private static boolean isBeforeSending(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnresolvedAddressException
        || cause instanceof UnknownHostException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }

  private static @Nullable JsonNode body(byte[] bytes) {
    try {
      return Json.parse(bytes);
    } catch (UnreadableException _) {
      return null;
    }
  }

  private static int code(@Nullable JsonNode body) {
    return body == null ? 0 : body.path("code").asInt(0);
  }

  private static String reason(@Nullable JsonNode body, int status) {
    var message = body == null ? "" : body.path("message").asText("");
    if (message.isBlank()) {
      return "status " + status + " without a reason";
    }
    return message.substring(0, Math.min(MAX_REASON, message.length()));
  }
}
