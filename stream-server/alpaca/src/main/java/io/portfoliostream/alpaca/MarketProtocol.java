package io.portfoliostream.alpaca;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The market data stream's conversation: welcome, authenticate, subscribe, receive.
///
/// Server frames hold arrays; messages about the connection come alone in theirs.
final class MarketProtocol implements StreamProtocol {
  private static final Logger LOG = System.getLogger(MarketProtocol.class.getName());

  private static final int NOT_ON_THIS_FEED = 410;

  private final URI uri;
  private final AlpacaCredentials credentials;
  private final StreamPolicy policy;
  private final MarketStreamListener listener;
  private final Set<MarketChannel> channels;
  private final SymbolDemand demand = new SymbolDemand();
  private final MarketFrameReader reader = new MarketFrameReader();
  private final AtomicLong ignoredFrames = new AtomicLong();
  private volatile Set<String> confirmed = Set.of();
  private boolean authorized;

  MarketProtocol(
      URI uri,
      AlpacaCredentials credentials,
      StreamPolicy policy,
      MarketStreamListener listener,
      Set<MarketChannel> channels) {
    this.uri = uri;
    this.credentials = credentials;
    this.policy = policy;
    this.listener = listener;
    this.channels = EnumSet.copyOf(channels);
  }

  /// Frames that were not understood, and elements within frames that lacked something.
  long ignoredFrames() {
    return ignoredFrames.get();
  }

  /// What the broker confirmed on the present connection, from any thread.
  Set<String> confirmed() {
    return confirmed;
  }

  /// Replaces the wanted symbols.
  void want(Set<String> symbols, Connection connection) {
    demand.want(symbols);
    ask(connection);
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public void onOpened(Connection connection) {
    // The broker speaks first.
  }

  @Override
  public void onAuthorized(Connection connection) {
    authorized = true;
    if (!ask(connection)) {
      connection.signal(new StreamEvent.Confirmed());
    }
  }

  @Override
  public void onMessage(byte[] message, Instant receivedAt, Connection connection) {
    MarketFrame frame;
    try {
      frame = reader.read(message);
    } catch (UnreadableException e) {
      ignore(1);
      return;
    }
    if (frame.unreadable() > 0) {
      ignore(frame.unreadable());
    }
    if (!frame.trades().isEmpty()) {
      listener.onTrades(frame.trades(), receivedAt);
    }
    if (!frame.quotes().isEmpty()) {
      listener.onQuotes(frame.quotes(), receivedAt);
    }
    frame.statuses().forEach(status -> listener.onStatus(status, receivedAt));
    frame.controls().forEach(control -> onControl(control, connection));
  }

  @Override
  public void onDisconnected() {
    authorized = false;
    confirmed = Set.of();
    demand.reset();
  }

  private void onControl(MarketFrame.Control control, Connection connection) {
    switch (control) {
      case MarketFrame.Welcome _ -> connection.send(authentication());
      case MarketFrame.Authenticated _ -> connection.signal(new StreamEvent.Authorized());
      case MarketFrame.Subscription subscription -> onSubscription(subscription, connection);
      case MarketFrame.Failure(var code, var message) -> onFailure(code, message, connection);
    }
  }

  private void onSubscription(MarketFrame.Subscription subscription, Connection connection) {
    var leading = channels.iterator().next();
    demand.onConfirmed(subscription.symbols().getOrDefault(leading.word(), Set.of()));
    confirmed = demand.confirmed();
    listener.onSubscribed(confirmed);
    settle(connection);
  }

  private void onFailure(int code, String message, Connection connection) {
    LOG.log(Level.WARNING, "Market data error {0}: {1}", code, message);
    switch (MarketErrors.reactionTo(code)) {
      case IGNORE -> {}
      case REFUSE -> connection.signal(new StreamEvent.Denied("%d %s".formatted(code, message)));
      case RECONNECT ->
          connection.signal(new StreamEvent.Lost("error %d %s".formatted(code, message)));
      case WAIT ->
          connection.signal(
              new StreamEvent.Lost("error %d %s".formatted(code, message), policy.limitedPause()));
      case REQUEST_REFUSED -> {
        onRefused(code);
        settle(connection);
      }
      case LIMIT_REACHED -> {
        demand.onRefused(true);
        settle(connection);
        if (demand.isFull()) {
          listener.onLimit(confirmed.size());
        }
      }
    }
    listener.onError(code, message);
  }

  /// Not every feed has every channel: halts are given up rather than trades.
  private void onRefused(int code) {
    if (code == NOT_ON_THIS_FEED
        && channels.size() > 1
        && channels.remove(MarketChannel.STATUSES)) {
      LOG.log(Level.WARNING, "This feed does not tell halts");
      demand.repeat();
    } else {
      demand.onRefused(false);
    }
  }

  /// Asks for what is still missing; when nothing is, the subscription stands.
  private void settle(Connection connection) {
    if (authorized && !ask(connection)) {
      connection.signal(new StreamEvent.Confirmed());
    }
  }

  private boolean ask(Connection connection) {
    if (!authorized) {
      return false;
    }
    var request = demand.next();
    request.ifPresent(r -> connection.send(message(r)));
    return request.isPresent();
  }

  private String message(SymbolDemand.Request request) {
    var message = Json.object().put("action", request.subscribe() ? "subscribe" : "unsubscribe");
    for (var channel : channels) {
      var symbols = message.putArray(channel.word());
      request.symbols().forEach(symbols::add);
    }
    return message.toString();
  }

  private String authentication() {
    var message = Json.object().put("action", "auth");
    return switch (credentials) {
      case AlpacaCredentials.ApiKey(var keyId, var secret) ->
          message.put("key", keyId).put("secret", secret).toString();
      case AlpacaCredentials.OAuthToken(var token) ->
          message.put("key", "oauth").put("secret", token).toString();
    };
  }

  private void ignore(int elements) {
    var count = ignoredFrames.addAndGet(elements);
    LOG.log(Level.DEBUG, "{0} frames or elements of market data ignored so far", count);
  }
}
