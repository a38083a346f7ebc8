package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.MarketStatus;
import io.portfoliostream.alpaca.MarketStreamListener;
import io.portfoliostream.alpaca.MarketTrade;
import io.portfoliostream.alpaca.StreamState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A stream of trades that connects, delivers and falls mute when the test says so.
public final class ScriptedStream implements TickStream {
  /// Why it was told to connect anew, each time.
  public final List<String> reconnects = new ArrayList<>();

  /// How many symbols it takes.
  public int places = Integer.MAX_VALUE;

  /// Symbols that it never confirms.
  public final Set<String> refused = new TreeSet<>();

  /// Whether it swallows trades.
  public boolean mute;

  private @Nullable MarketStreamListener listener;
  private Set<String> wanted = Set.of();
  private Set<String> subscribed = Set.of();
  private boolean connected;

  /// Tells what happens to a listener, from now on.
  public TickStream to(MarketStreamListener hearer) {
    listener = hearer;
    return this;
  }

  /// What it was told to subscribe to.
  public Set<String> wanted() {
    return wanted;
  }

  /// The connection comes about.
  public void connect() {
    connected = true;
    confirm();
    listener().onState(new StreamState.Live(new StreamState.Attempts(1, 0, 0)));
  }

  /// The connection is lost.
  public void lose() {
    connected = false;
    subscribed = Set.of();
    listener()
        .onState(
            new StreamState.BackingOff(
                new StreamState.Attempts(1, 1, 0), Duration.ofSeconds(1), "lost"));
  }

  /// A trade that arrives at once.
  public void trade(String symbol, String price, Instant at) {
    if (subscribed.contains(symbol) && !mute) {
      var trade = new MarketTrade(symbol, new BigDecimal(price), BigDecimal.ONE, at);
      listener().onTrades(List.of(trade), at);
    }
  }

  /// A message on the status of a symbol.
  public void status(String symbol, String code, String reason, Instant at) {
    listener().onStatus(new MarketStatus(symbol, code, "Trading Halt", "T1", reason, at), at);
  }

  @Override
  public void start() {
    // It connects when the test says so.
  }

  @Override
  public void subscribe(Set<String> symbols) {
    wanted = Set.copyOf(symbols);
    if (connected) {
      confirm();
    }
  }

  @Override
  public Set<String> subscribed() {
    return subscribed;
  }

  @Override
  public void reconnect(String cause) {
    reconnects.add(cause);
    lose();
  }

  @Override
  public void close() {
    connected = false;
  }

  private void confirm() {
    var taken =
        wanted.stream()
            .filter(symbol -> !refused.contains(symbol))
            .sorted()
            .limit(places)
            .collect(Collectors.toUnmodifiableSet());
    subscribed = taken;
    listener().onSubscribed(taken);
    if (wanted.size() > places) {
      listener().onLimit(places);
    }
  }

  private MarketStreamListener listener() {
    return Objects.requireNonNull(listener);
  }
}
