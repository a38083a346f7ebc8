package io.portfoliostream.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.json.Encoding;
import io.portfoliostream.simulator.json.Json;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One connection to the market data stream: welcome, authentication by message or by the headers
/// of the handshake, then subscriptions by differences.
final class DataSession implements Session {
  private static final Pattern SYMBOL = Pattern.compile("\\*|[A-Z0-9][A-Z0-9./]{0,20}");
  private static final int MOST_SYMBOLS = 10_000;

  private final Peer peer;
  private final DataFeed feed;
  private final KeyRing keys;
  private final Hello hello;
  private final StreamRules rules;
  private final Authorization authorization;
  private volatile Subscriptions subscriptions = Subscriptions.NONE;

  /// What the handshake said.
  ///
  /// @param account whose keys came with it
  record Hello(Optional<AccountProfile> account, Encoding encoding) {}

  DataSession(
      Peer peer,
      DataFeed feed,
      KeyRing keys,
      Hello hello,
      StreamRules rules,
      Authorization authorization) {
    this.peer = peer;
    this.feed = feed;
    this.keys = keys;
    this.hello = hello;
    this.rules = rules;
    this.authorization = authorization;
  }

  @Override
  public synchronized void opened() {
    success("connected");
    authorization.expectWithin(rules.authTimeout(), this::timedOut);
    hello.account().ifPresent(account -> authorization.claim(account.name(), this::claimed));
  }

  @Override
  public synchronized void received(String message) {
    if (!authorization.defers(message)) {
      handle(message);
    }
  }

  @Override
  public synchronized void gone() {
    feed.leave(this);
    authorization.end();
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  Encoding encoding() {
    return hello.encoding();
  }

  void deliver(byte[] message) {
    peer.send(message);
  }

  private void handle(String message) {
    var json = Json.parseObject(message).orElse(null);
    var action = json == null ? "" : json.path("action").asText();
    if (json == null) {
      say(DataError.INVALID_SYNTAX.message());
    } else if (action.equals("auth")) {
      authenticate(keys.account(text(json, "key"), text(json, "secret")));
    } else if (!authorization.isGranted()) {
      say(DataError.NOT_AUTHENTICATED.message());
    } else {
      change(action, json);
    }
  }

  private void authenticate(Optional<AccountProfile> account) {
    switch (authorization.stage()) {
      case Authorization.Stage.Granted _ -> say(DataError.ALREADY_AUTHENTICATED.message());
      case Authorization.Stage.Waiting _, Authorization.Stage.Over _ -> {}
      case Authorization.Stage.Unknown _ -> {
        if (account.isEmpty()) {
          say(DataError.AUTH_FAILED.message());
          peer.close(POLICY, "auth failed");
        } else {
          authorization.claim(account.get().name(), this::claimed);
        }
      }
    }
  }

  /// A connection that found no slot stays open and may try again.
  private synchronized void claimed(boolean granted) {
    if (authorization.isGranted()) {
      success("authenticated");
      feed.join(this);
    } else if (!granted) {
      say(DataError.CONNECTION_LIMIT.message());
      authorization.expectWithin(rules.authTimeout(), this::timedOut);
    }
    for (var next = authorization.nextDeferred();
        next.isPresent();
        next = authorization.nextDeferred()) {
      handle(next.get());
    }
  }

  private void timedOut() {
    say(DataError.AUTH_TIMEOUT.message());
    peer.close(POLICY, "auth timeout");
  }

  private void change(String action, ObjectNode json) {
    var difference = difference(json);
    if (difference.isEmpty()) {
      say(DataError.INVALID_SYNTAX.message());
      return;
    }
    switch (action) {
      case "subscribe" -> subscriptions = subscriptions.with(difference.get());
      case "unsubscribe" -> subscriptions = subscriptions.without(difference.get());
      default -> {
        say(DataError.INVALID_SYNTAX.message());
        return;
      }
    }
    var array = Json.array();
    array.add(subscriptions.message());
    say(array);
  }

  /// The symbols of a request by channel; empty when any is not well-formed.
  private static Optional<Subscriptions> difference(ObjectNode json) {
    Map<DataChannel, Set<String>> symbols = new EnumMap<>(DataChannel.class);
    for (var channel : DataChannel.ALL) {
      var wanted = new HashSet<String>();
      for (var symbol : json.path(channel.wire())) {
        if (!isSymbol(symbol) || wanted.size() >= MOST_SYMBOLS) {
          return Optional.empty();
        }
        wanted.add(symbol.textValue());
      }
      symbols.put(channel, wanted);
    }
    return Optional.of(new Subscriptions(symbols));
  }

  private static boolean isSymbol(JsonNode node) {
    return node.isTextual() && SYMBOL.matcher(node.textValue()).matches();
  }

  private void say(JsonNode message) {
    peer.send(hello.encoding().bytes(message));
  }

  private void success(String text) {
    var array = Json.array();
    array.addObject().put("T", "success").put("msg", text);
    say(array);
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }
}
