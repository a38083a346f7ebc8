package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests for one credential: within the rate, within the timeout, reads again after a
/// failure and writes never. Safe for several threads.
final class RestTransport {

  /// The two hosts, each with a rate limit of its own.
  enum Api {
    TRADING,
    DATA
  }

  private final HttpClient http;
  private final AlpacaEndpoints endpoints;
  private final AlpacaCredentials credentials;
  private final RestPolicy policy;
  private final Timing timing;
  private final TokenBucket tradingBucket;
  private final TokenBucket dataBucket;

  RestTransport(
      HttpClient http,
      AlpacaEndpoints endpoints,
      AlpacaCredentials credentials,
      RestPolicy policy,
      Timing timing) {
    this.http = http;
    this.endpoints = endpoints;
    this.credentials = credentials;
    this.policy = policy;
    this.timing = timing;
    var rates = policy.rates();
    this.tradingBucket =
        new TokenBucket(
            rates.tradingPerMinute(),
            rates.burst(),
            rates.reservedForOrders(),
            rates.reservedForReads(),
            timing);
    this.dataBucket =
        new TokenBucket(rates.dataPerMinute(), rates.burst(), 0, rates.reservedForReads(), timing);
  }

  /// Reads, again after a failure that may pass.
  JsonNode get(Api api, Priority priority, String path) {
    var request = request(api, path).GET().build();
    for (var attempt = 1; ; attempt++) {
      acquire(api, priority);
      try {
        return json(request, send(api, request, attempt));
      } catch (AlpacaException.RateLimited limited) {
        if (attempt >= policy.readAttempts()) {
          throw limited;
        }
      } catch (AlpacaException.Unreachable | AlpacaException.OutcomeUnknown failure) {
        if (attempt >= policy.readAttempts() || Thread.currentThread().isInterrupted()) {
          throw failure;
        }
        pause(policy.readBackoff().delay(attempt, timing.random()));
      }
    }
  }

  /// Writes, once.
  JsonNode post(String path, ObjectNode body) {
    return write("POST", path, body);
  }

  /// Changes, once.
  JsonNode patch(String path, ObjectNode body) {
    return write("PATCH", path, body);
  }

  /// Deletes, once.
  void delete(String path) {
    acquire(Api.TRADING, Priority.ORDER);
    send(Api.TRADING, request(Api.TRADING, path).DELETE().build(), 1);
  }

  private JsonNode write(String method, String path, ObjectNode body) {
    acquire(Api.TRADING, Priority.ORDER);
    var request =
        request(Api.TRADING, path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()))
            .build();
    return json(request, send(Api.TRADING, request, 1));
  }

  /// A value as part of an address.
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(Api api, String path) {
    var base =
        switch (api) {
          case TRADING -> endpoints.trading().toString();
          case DATA -> endpoints.data().toString();
        };
    var uri = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    var request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    if ("http".equalsIgnoreCase(uri.getScheme())) {
      // In clear text HTTP/2 would begin with an upgrade that WebSocket servers misread.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    return switch (credentials) {
      case AlpacaCredentials.ApiKey(var keyId, var secret) ->
          request.header("APCA-API-KEY-ID", keyId).header("APCA-API-SECRET-KEY", secret);
      case AlpacaCredentials.OAuthToken(var token) ->
          request.header("Authorization", "Bearer " + token);
    };
  }

  private HttpResponse<byte[]> send(Api api, HttpRequest request, int attempt) {
    var call = request.method() + " " + request.uri().getPath();
    var response = exchange(call, request);
    var limits = RateHeaders.of(response.headers(), timing.clock().instant());
    var bucket = bucket(api);
    if (response.statusCode() == 429) {
      var unasked = policy.readBackoff().delay(attempt + 1, timing.random());
      var pause = limits.pauseAfterRefusal().orElse(unasked);
      bucket.pause(Priority.ORDER, pause);
      throw RestFailures.ofAnswer(call, response, pause);
    }
    limits.pauseWhenExhausted().ifPresent(pause -> bucket.pause(Priority.ORDER, pause));
    if (api == Api.TRADING) {
      limits
          .pauseWhenNearlyExhausted(policy.rates().reservedForOrders())
          .ifPresent(pause -> bucket.pause(Priority.READ, pause));
    }
    if (response.statusCode() / 100 != 2) {
      throw RestFailures.ofAnswer(call, response, Duration.ZERO);
    }
    return response;
  }

  private HttpResponse<byte[]> exchange(String call, HttpRequest request) {
    var answer =
        http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), policy.maxAnswerBytes()));
    try {
      // The request's own timeout would end with the headers; this one covers the body.
      return answer.get(policy.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw RestFailures.ofFailure(call, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new AlpacaException.OutcomeUnknown(
          "%s had no answer within %s".formatted(call, policy.requestTimeout()), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new AlpacaException.OutcomeUnknown(call + " was interrupted", e);
    }
  }

  private static JsonNode json(HttpRequest request, HttpResponse<byte[]> response) {
    try {
      return Json.parse(response.body());
    } catch (UnreadableException e) {
      throw new AlpacaException.OutcomeUnknown(
          "%s %s answered %d with an unreadable body (request %s)"
              .formatted(
                  request.method(),
                  request.uri().getPath(),
                  response.statusCode(),
                  RestFailures.requestId(response)),
          e);
    }
  }

  private void acquire(Api api, Priority priority) {
    try {
      bucket(api).acquire(priority, policy.maxWait(priority));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void pause(Duration duration) {
    try {
      timing.sleeper().sleep(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static AlpacaException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new AlpacaException.Unreachable("interrupted before sending", cause);
  }

  private TokenBucket bucket(Api api) {
    return switch (api) {
      case TRADING -> tradingBucket;
      case DATA -> dataBucket;
    };
  }
}
