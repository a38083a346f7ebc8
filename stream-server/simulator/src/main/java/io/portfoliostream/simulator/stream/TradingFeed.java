package io.portfoliostream.simulator.stream;

import io.portfoliostream.simulator.broker.TradeUpdate;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.json.Json;
import io.portfoliostream.simulator.json.TradeUpdateJson;
import io.portfoliostream.simulator.market.Listings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The trading stream's sessions by account. Safe for use by several threads.
public final class TradingFeed {
  private final KeyRing keys;
  private final Listings listings;
  private final StreamRules rules;
  private final Timer timer;
  private final Slots slots;
  private final Map<String, Set<TradingSession>> listening = new ConcurrentHashMap<>();

  /// A feed without sessions.
  public TradingFeed(KeyRing keys, Listings listings, StreamRules rules, Timer timer) {
    this.keys = keys;
    this.listings = listings;
    this.rules = rules;
    this.timer = timer;
    this.slots = new Slots(rules.connectionsPerAccount());
  }

  /// The session of a new connection.
  public Session connect(Peer peer) {
    return new TradingSession(
        peer, this, keys, rules.authTimeout(), new Authorization(slots, rules, timer));
  }

  /// Sends updates to those who listen; each is encoded once.
  public void hear(List<TradeUpdate> updates) {
    for (var update : updates) {
      var sessions = listening.get(update.account());
      if (sessions != null && !sessions.isEmpty()) {
        byte[] message = Json.bytes(TradeUpdateJson.message(update, listings));
        sessions.forEach(session -> session.deliver(message));
      }
    }
  }

  void listen(String account, TradingSession session, boolean wanted) {
    listening.compute(
        account,
        (_, sessions) -> {
          Set<TradingSession> changed = sessions == null ? ConcurrentHashMap.newKeySet() : sessions;
          if (wanted) {
            changed.add(session);
          } else {
            changed.remove(session);
          }
          return changed.isEmpty() ? null : changed;
        });
  }
}
