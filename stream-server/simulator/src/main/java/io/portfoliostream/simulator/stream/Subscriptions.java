package io.portfoliostream.simulator.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portfoliostream.simulator.json.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The symbols that one connection wants, by channel. Immutable.
record Subscriptions(Map<DataChannel, Set<String>> symbols) {
  private static final String ALL = "*";

  static final Subscriptions NONE = new Subscriptions(Map.of());

  Subscriptions {
    symbols = Map.copyOf(symbols);
  }

  boolean wants(DataChannel channel, String symbol) {
    var wanted = of(channel);
    return wanted.contains(ALL) || wanted.contains(symbol);
  }

  Subscriptions with(Subscriptions more) {
    var changed = copy();
    changed.forEach((channel, wanted) -> wanted.addAll(more.of(channel)));
    return new Subscriptions(changed);
  }

  Subscriptions without(Subscriptions less) {
    var changed = copy();
    changed.forEach((channel, wanted) -> wanted.removeAll(less.of(channel)));
    return new Subscriptions(changed);
  }

  /// The answer to each change: the full set. Trades bring corrections and cancels with them.
  ObjectNode message() {
    var message = Json.object().put("T", "subscription");
    for (var channel : DataChannel.ALL) {
      put(message, channel.wire(), of(channel));
    }
    put(message, "corrections", of(DataChannel.TRADES));
    put(message, "cancelErrors", of(DataChannel.TRADES));
    return message;
  }

  private Set<String> of(DataChannel channel) {
    return symbols.getOrDefault(channel, Set.of());
  }

  private Map<DataChannel, Set<String>> copy() {
    var copy = new EnumMap<DataChannel, Set<String>>(DataChannel.class);
    for (var channel : DataChannel.ALL) {
      copy.put(channel, new TreeSet<>(of(channel)));
    }
    return copy;
  }

  private static void put(ObjectNode message, String name, Set<String> symbols) {
    var array = message.putArray(name);
    symbols.stream().sorted().forEach(array::add);
  }
}
