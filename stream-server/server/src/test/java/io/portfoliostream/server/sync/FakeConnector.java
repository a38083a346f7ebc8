package io.portfoliostream.server.sync;

import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.server.broker.BadCredentials;
import io.portfoliostream.server.broker.BrokerConnector;
import io.portfoliostream.server.broker.BrokerEvents;
import io.portfoliostream.server.broker.BrokerStream;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A broker that knows the keys it was told, and notes which streams are open.
public final class FakeConnector implements BrokerConnector {
  private final Map<String, Holder> holders = new HashMap<>();
  private boolean away;
  final List<String> open = new ArrayList<>();

  /// Lets keys be accepted.
  public void accepts(String keyId, String number, boolean canTrade) {
    holders.put(keyId, new Holder(number, canTrade));
  }

  /// Lets the broker answer nothing.
  public void goAway() {
    away = true;
  }

  @Override
  public Set<String> environments() {
    return Set.of("paper");
  }

  @Override
  public Holder identify(LinkedAccount account) {
    if (away) {
      throw new BrokerUnavailable("no route", null);
    }
    return Optional.ofNullable(holders.get(keyId(account)))
        .orElseThrow(() -> new BadCredentials("unknown key", new IllegalStateException()));
  }

  @Override
  public BrokerLink connect(LinkedAccount account, BrokerEvents events) {
    var broker = new FakeBroker();
    broker.number = holders.getOrDefault(keyId(account), new Holder("", true)).number();
    return new BrokerLink(broker, new FakeStream(keyId(account)));
  }

  private static String keyId(LinkedAccount account) {
    return ((ApiKey) account.credentials()).keyId();
  }

  private final class FakeStream implements BrokerStream {
    private final String keyId;

    FakeStream(String keyId) {
      this.keyId = keyId;
    }

    @Override
    public void start() {
      open.add(keyId);
    }

    @Override
    public Optional<Instant> lastHeardAt() {
      return Optional.empty();
    }

    @Override
    public void reconnect(String cause) {
      // Its connection is as good as any.
    }

    @Override
    public void close() {
      open.remove(keyId);
    }
  }
}
