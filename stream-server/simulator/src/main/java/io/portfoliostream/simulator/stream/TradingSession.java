package io.portfoliostream.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.json.Json;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One connection to the trading stream: authentication in either envelope, then `listen`.
///
/// Keys that are wrong are answered `unauthorized`, which clients take as final. A second
/// connection of an account whose slot is taken is answered by the `error` action instead, as that
/// passes: the client is to come back later.
final class TradingSession implements Session {
  private static final String TRADE_UPDATES = "trade_updates";
  private static final String SLOT_TAKEN =
      "your connection is rejected while another connection is open under the same account";

  private final Peer peer;
  private final TradingFeed feed;
  private final Login login;
  private final Authorization authorization;

  TradingSession(Peer peer, TradingFeed feed, Login login, Authorization authorization) {
    this.peer = peer;
    this.feed = feed;
    this.login = login;
    this.authorization = authorization;
  }

  @Override
  public void opened() {
    authorization.expectWithin(login.timeout(), () -> peer.close(POLICY, "auth timeout"));
  }

  @Override
  public synchronized void received(String message) {
    if (!authorization.defers(message)) {
      handle(message);
    }
  }

  @Override
  public synchronized void gone() {
    if (authorization.stage() instanceof Authorization.Stage.Granted(var account)) {
      feed.listen(account, this, false);
    }
    authorization.end();
  }

  synchronized void deliver(byte[] message) {
    peer.send(message);
  }

  private void handle(String message) {
    var parsed = Json.parseObject(message);
    if (parsed.isEmpty()) {
      error("invalid message");
      return;
    }
    var json = parsed.get();
    var data = json.path("data");
    var action = json.path("action").asText();
    switch (action) {
      case "authenticate" ->
          authenticate(login.account(text(data, "key_id"), text(data, "secret_key")));
      case "auth" -> authenticate(login.account(text(json, "key"), text(json, "secret")));
      case "listen" -> listen(data.path("streams"));
      default -> error("unknown action");
    }
  }

  private void authenticate(Optional<AccountProfile> account) {
    switch (authorization.stage()) {
      case Authorization.Stage.Granted(var name)
          when account.map(AccountProfile::name).filter(name::equals).isPresent() ->
          authorized();
      case Authorization.Stage.Granted _ -> error("already authenticated");
      case Authorization.Stage.Waiting _, Authorization.Stage.Over _ -> {}
      case Authorization.Stage.Unknown _ -> {
        if (account.isEmpty()) {
          disown(true);
        } else {
          enter(account.get().name());
        }
      }
    }
  }

  private void enter(String account) {
    var disowned = login.disowned();
    boolean held = disowned.isEmpty() && login.findsSlotHeld();
    login.attempted(account, disowned.isPresent() || held);
    if (disowned.isPresent()) {
      disown(disowned.get().close());
    } else if (held) {
      turnAway();
    } else {
      authorization.claim(account, this::claimed);
    }
  }

  private void disown(boolean close) {
    send("authorization", unauthorized("authenticate", "access key verification failed"));
    if (close) {
      peer.close(POLICY, "unauthorized");
    }
  }

  private void turnAway() {
    error(SLOT_TAKEN);
    peer.close(POLICY, "connection limit exceeded");
  }

  private synchronized void claimed(boolean granted) {
    if (granted) {
      authorized();
    } else {
      turnAway();
    }
    for (var next = authorization.nextDeferred();
        next.isPresent();
        next = authorization.nextDeferred()) {
      handle(next.get());
    }
  }

  private void authorized() {
    send("authorization", Json.object().put("status", "authorized").put("action", "authenticate"));
  }

  /// Replaces the set of streams, acknowledging those that exist.
  private void listen(JsonNode streams) {
    if (!(authorization.stage() instanceof Authorization.Stage.Granted(var account))) {
      send("authorization", unauthorized("listen", null));
      return;
    }
    boolean wanted =
        StreamSupport.stream(streams.spliterator(), false)
            .anyMatch(stream -> stream.asText().equals(TRADE_UPDATES));
    wanted = wanted && !login.losesTradeUpdates();
    var acknowledged = Json.array();
    if (wanted) {
      acknowledged.add(TRADE_UPDATES);
    }
    var data = Json.object();
    data.set("streams", acknowledged);
    // Who has the answer misses no update, and no update comes before the answer: whoever delivers
    // one meanwhile waits for this session's monitor.
    feed.listen(account, this, wanted);
    send("listening", data);
  }

  private void error(String text) {
    var message = Json.object().put("action", "error");
    message.set("data", Json.object().put("error_message", text));
    peer.send(Json.bytes(message));
  }

  private void send(String stream, ObjectNode data) {
    var message = Json.object().put("stream", stream);
    message.set("data", data);
    peer.send(Json.bytes(message));
  }

  private static ObjectNode unauthorized(String action, @Nullable String text) {
    var data = Json.object().put("action", action);
    if (text != null) {
      data.put("message", text);
    }
    return data.put("status", "unauthorized");
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }
}
