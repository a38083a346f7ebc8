package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.websocket.WsUpgrader;
import io.portfoliostream.server.auth.Authenticator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A client's request for a stream: an upgrade of its connection to a WebSocket ([RFC 6455
/// §4.2.1](https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1)), or a plain one for events.
record Handshake(HttpPrologue prologue, Headers headers) {
  private static final int KEY_BYTES = 16;
  private static final int MAX_ID = 64;

  boolean isGet() {
    return prologue.method().text().equals("GET");
  }

  boolean isVersion13() {
    return all(WsUpgrader.WS_VERSION).equals(List.of("13"));
  }

  /// Whether the key is 16 bytes in base64, and the connection is to be upgraded.
  boolean isWellFormed() {
    var keys = all(WsUpgrader.WS_KEY);
    return keys.size() == 1 && isKey(keys.getFirst()) && asksForUpgrade();
  }

  List<String> origins() {
    return all(HeaderNames.ORIGIN);
  }

  /// The connection that this one takes the place of, as the client says.
  Optional<String> replaces() {
    return prologue
        .query()
        .first("replaces")
        .asOptional()
        .filter(id -> !id.isEmpty() && id.length() <= MAX_ID);
  }

  Authenticator.Request request(boolean secure) {
    return new Authenticator.Request(
        "GET", prologue.uriPath().path(), Map.of("Cookie", all(HeaderNames.COOKIE)), secure);
  }

  List<String> all(HeaderName name) {
    return headers.all(name, List::of);
  }

  private boolean asksForUpgrade() {
    return all(HeaderNames.CONNECTION).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(token -> token.strip().equalsIgnoreCase("upgrade"));
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
