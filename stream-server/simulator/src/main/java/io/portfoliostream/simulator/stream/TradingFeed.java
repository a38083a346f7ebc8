package io.portfoliostream.simulator.stream;

import io.portfoliostream.simulator.broker.TradeUpdate;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.Line;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.market.Listings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The trading stream's sessions by account. Safe for use by several threads.
public final class TradingFeed {
  private final KeyRing keys;
  private final UpdateMessages messages;
  private final FaultBoard faults;
  private final StreamRules rules;
  private final Timer timer;
  private final Slots slots;
  private final Map<String, Passage> passages = new ConcurrentHashMap<>();
  private final Map<String, Set<TradingSession>> listening = new ConcurrentHashMap<>();

  /// A feed without sessions.
  public TradingFeed(
      KeyRing keys, Listings listings, StreamRules rules, FaultBoard faults, Timer timer) {
    this.keys = keys;
    this.messages = new UpdateMessages(faults, listings);
    this.faults = faults;
    this.rules = rules;
    this.timer = timer;
    this.slots = new Slots(rules.connectionsPerAccount());
  }

  /// The session of a new connection.
  ///
  /// @param line the faults that it meets
  public Session connect(Peer peer, Line line) {
    var login = new Login(keys, faults, line, rules.authTimeout());
    return new TradingSession(peer, this, login, new Authorization(slots, rules, timer));
  }

  /// Sends updates to those who listen; each is encoded once.
  public void hear(List<TradeUpdate> updates) {
    for (var update : updates) {
      if (listening.containsKey(update.account())) {
        tell(update);
      }
    }
  }

  private void tell(TradeUpdate update) {
    var account = update.account();
    var passage =
        faults.isQuiet() ? passages.get(account) : passages.computeIfAbsent(account, this::passage);
    if (passage == null) {
      deliver(account, messages.usual(update));
    } else {
      var where = Target.account(account);
      passage.pass(where, messages.of(update, where));
    }
  }

  private Passage passage(String account) {
    return new Passage(faults, timer, message -> deliver(account, message));
  }

  private void deliver(String account, byte[] message) {
    listening.getOrDefault(account, Set.of()).forEach(session -> session.deliver(message));
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
