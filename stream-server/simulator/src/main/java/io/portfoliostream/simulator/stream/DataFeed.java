package io.portfoliostream.simulator.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.json.Encoding;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.MarketJson;
import io.portfoliostream.simulator.market.MarketPoint;
import io.portfoliostream.simulator.market.MinuteBar;
import io.portfoliostream.simulator.market.StatusChange;
import io.portfoliostream.simulator.market.Tick;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The sessions of one market data feed. Safe for use by several threads.
public final class DataFeed {
  private final String name;
  private final KeyRing keys;
  private final FaultBoard faults;
  private final StreamRules rules;
  private final Timer timer;
  private final Predicate<String> carries;
  private final Slots slots;
  private final Set<DataSession> sessions = ConcurrentHashMap.newKeySet();
  private final Map<DataSession, Passage> passages = new ConcurrentHashMap<>();

  /// A feed without sessions.
  ///
  /// @param name such as `iex`
  /// @param carries the symbols of the feed
  public DataFeed(
      String name,
      KeyRing keys,
      StreamRules rules,
      FaultBoard faults,
      Timer timer,
      Predicate<String> carries) {
    this.name = name;
    this.keys = keys;
    this.faults = faults;
    this.rules = rules;
    this.timer = timer;
    this.carries = carries;
    this.slots = new Slots(rules.connectionsPerAccount());
  }

  /// The name by which faults know the feed.
  public String name() {
    return name;
  }

  /// The session of a new connection.
  ///
  /// @param byHeaders the account whose keys came with the handshake
  /// @param encoding of the messages, both ways
  public Session connect(Peer peer, Optional<AccountProfile> byHeaders, Encoding encoding) {
    var hello = new DataSession.Hello(byHeaders, encoding);
    return new DataSession(peer, this, keys, hello, rules, new Authorization(slots, rules, timer));
  }

  /// Sends points to those who subscribed to them: each is encoded once as text, and each session
  /// gets all of its points in one message.
  public void hear(List<MarketPoint> points) {
    if (sessions.isEmpty()) {
      return;
    }
    var encoded =
        points.stream()
            .filter(point -> carries.test(point.symbol()))
            .flatMap(point -> encode(point).stream())
            .toList();
    for (var session : sessions) {
      var subscriptions = session.subscriptions();
      var wanted =
          encoded.stream()
              .filter(point -> subscriptions.wants(point.channel(), point.symbol()))
              .toList();
      if (!wanted.isEmpty()) {
        deliver(session, array(wanted, session.encoding()));
      }
    }
  }

  void join(DataSession session) {
    sessions.add(session);
  }

  void leave(DataSession session) {
    sessions.remove(session);
    passages.remove(session);
  }

  private void deliver(DataSession session, byte[] message) {
    var passage =
        faults.isQuiet() ? passages.get(session) : passages.computeIfAbsent(session, this::passage);
    if (passage == null) {
      session.deliver(message);
    } else {
      passage.pass(Target.feed(name), List.of(message));
    }
  }

  private Passage passage(DataSession session) {
    return new Passage(faults, timer, session::deliver);
  }

  private record Encoded(DataChannel channel, String symbol, JsonNode tree, String json) {}

  private static List<Encoded> encode(MarketPoint point) {
    return switch (point) {
      case Tick tick -> {
        var both = new ArrayList<Encoded>(2);
        both.add(encoded(DataChannel.TRADES, tick.symbol(), MarketJson.tradeMessage(tick)));
        both.add(encoded(DataChannel.QUOTES, tick.symbol(), MarketJson.quoteMessage(tick)));
        yield both;
      }
      case MinuteBar bar ->
          List.of(encoded(DataChannel.BARS, bar.symbol(), MarketJson.barMessage(bar)));
      case StatusChange change ->
          List.of(encoded(DataChannel.STATUSES, change.symbol(), MarketJson.statusMessage(change)));
    };
  }

  private static Encoded encoded(DataChannel channel, String symbol, JsonNode json) {
    return new Encoded(channel, symbol, json, Json.string(json));
  }

  private static byte[] array(List<Encoded> points, Encoding encoding) {
    return switch (encoding) {
      case JSON -> {
        var array = new StringJoiner(",", "[", "]");
        points.forEach(point -> array.add(point.json()));
        yield array.toString().getBytes(StandardCharsets.UTF_8);
      }
      case MESSAGE_PACK -> {
        var array = Json.array();
        points.forEach(point -> array.add(point.tree()));
        yield encoding.bytes(array);
      }
    };
  }
}
