package io.portfoliostream.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The trading stream's conversation: authenticate, listen to trade updates, receive them.
///
/// There is no welcome; the client speaks first. Server frames hold one JSON object each.
final class TradingProtocol implements StreamProtocol {
  private static final Logger LOG = System.getLogger(TradingProtocol.class.getName());
  private static final String UPDATES = "trade_updates";
  private static final int MAX_RAW_BYTES = 64 * 1024;

  private final URI uri;
  private final AlpacaCredentials credentials;
  private final StreamPolicy policy;
  private final TradingStreamListener listener;
  private final AtomicLong ignoredFrames = new AtomicLong();

  TradingProtocol(
      URI uri, AlpacaCredentials credentials, StreamPolicy policy, TradingStreamListener listener) {
    this.uri = uri;
    this.credentials = credentials;
    this.policy = policy;
    this.listener = listener;
  }

  /// Frames that were no JSON object, or of no known stream.
  long ignoredFrames() {
    return ignoredFrames.get();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public void onOpened(Connection connection) {
    connection.send(authentication().toString());
  }

  @Override
  public void onAuthorized(Connection connection) {
    var listen = Json.object().put("action", "listen");
    listen.putObject("data").putArray("streams").add(UPDATES);
    connection.send(listen.toString());
  }

  @Override
  public void onMessage(byte[] bytes, Instant receivedAt, Connection connection) {
    JsonNode message;
    try {
      message = Json.parse(bytes);
    } catch (UnreadableException e) {
      ignore("no JSON", bytes.length);
      return;
    }
    if (message.path("action").asText().equals("error")) {
      onError(
          message.path("data").path("error_message").asText("error without a message"), connection);
      return;
    }
    switch (message.path("stream").asText()) {
      case "authorization" -> onAuthorization(message.path("data"), connection);
      case "listening" -> onListening(message.path("data"), connection);
      case UPDATES -> onUpdate(message.path("data"), bytes, receivedAt);
      default -> ignore("no known stream", bytes.length);
    }
  }

  @Override
  public void onDisconnected() {
    // Nothing is agreed beyond what the connection's state says.
  }

  private static void onAuthorization(JsonNode data, Connection connection) {
    if (data.path("status").asText().equals("authorized")) {
      connection.signal(new StreamEvent.Authorized());
    } else if (data.path("action").asText().equals("listen")) {
      connection.signal(new StreamEvent.Lost("listen came before the authorization"));
    } else {
      var reason = data.path("message").asText("unauthorized");
      connection.signal(new StreamEvent.Denied(reason));
    }
  }

  private static void onListening(JsonNode data, Connection connection) {
    for (var stream : data.path("streams")) {
      if (stream.asText().equals(UPDATES)) {
        connection.signal(new StreamEvent.Confirmed());
        return;
      }
    }
    connection.signal(new StreamEvent.Lost("the broker did not confirm " + UPDATES));
  }

  private void onError(String problem, Connection connection) {
    var isTaken = problem.contains("another connection");
    connection.signal(
        new StreamEvent.Lost(
            "the broker said: " + problem, isTaken ? policy.limitedPause() : Duration.ZERO));
  }

  private void onUpdate(JsonNode data, byte[] bytes, Instant receivedAt) {
    var raw = raw(bytes);
    TradeUpdate update;
    try {
      update = TradeUpdate.read(Fields.of("data", data), raw, receivedAt);
    } catch (UnreadableException e) {
      LOG.log(Level.WARNING, "Unreadable trade update: {0}", e.getMessage());
      listener.onUnreadable(String.valueOf(e.getMessage()), raw);
      return;
    }
    listener.onUpdate(update);
  }

  /// The message as text, its cut never within a character.
  private static String raw(byte[] bytes) {
    var end = Math.min(bytes.length, MAX_RAW_BYTES);
    while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private void ignore(String why, int length) {
    var count = ignoredFrames.incrementAndGet();
    LOG.log(Level.DEBUG, "Ignored frame {0} of {1} bytes: {2}", count, length, why);
  }

  private ObjectNode authentication() {
    return switch (credentials) {
      case AlpacaCredentials.OAuthToken(var token) -> {
        var message = Json.object().put("action", "authenticate");
        message.putObject("data").put("oauth_token", token);
        yield message;
      }
      case AlpacaCredentials.ApiKey(var keyId, var secret) ->
          switch (policy.authEnvelope()) {
            case CLASSIC -> {
              var message = Json.object().put("action", "authenticate");
              message.putObject("data").put("key_id", keyId).put("secret_key", secret);
              yield message;
            }
            case FLAT ->
                Json.object().put("action", "auth").put("key", keyId).put("secret", secret);
          };
    };
  }
}
