package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaEndpoints;
import io.portfoliostream.alpaca.AlpacaException;
import io.portfoliostream.alpaca.AlpacaRest;
import io.portfoliostream.alpaca.RestPolicy;
import io.portfoliostream.alpaca.StreamPolicy;
import io.portfoliostream.alpaca.StreamRuntime;
import io.portfoliostream.alpaca.StreamState;
import io.portfoliostream.alpaca.Timing;
import io.portfoliostream.alpaca.TradeUpdate;
import io.portfoliostream.alpaca.TradingStream;
import io.portfoliostream.alpaca.TradingStreamListener;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.ledger.OrderReport;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Connects accounts at Alpaca, or at a simulator that speaks its protocol.
public final class AlpacaConnector implements BrokerConnector {
  private static final Set<String> TRADES = Set.of("fill", "partial_fill");

  /// Events whose orders alone do not tell what they did to the position.
  private static final Set<String> REREAD = Set.of("trade_bust", "trade_correct", "restated");

  /// Alpaca's events as documented; a new one is kept as it came, and the broker is read again.
  private static final Set<String> KNOWN =
      Set.of(
          "accepted",
          "pending_new",
          "new",
          "partial_fill",
          "fill",
          "canceled",
          "expired",
          "done_for_day",
          "replaced",
          "rejected",
          "stopped",
          "suspended",
          "calculated",
          "pending_cancel",
          "pending_replace",
          "order_cancel_rejected",
          "order_replace_rejected",
          "held",
          "restated",
          "trade_bust",
          "trade_correct",
          "pending_review");

  private final Map<String, AlpacaEndpoints> endpoints;
  private final HttpClient http;
  private final RestPolicy policy;
  private final Timing timing;
  private final StreamRuntime runtime;

  /// Creates the connector.
  ///
  /// @param endpoints by environment
  /// @param policy of the calls of one account
  public AlpacaConnector(
      Map<String, AlpacaEndpoints> endpoints,
      HttpClient http,
      RestPolicy policy,
      Timing timing,
      StreamRuntime runtime) {
    this.endpoints = Map.copyOf(endpoints);
    this.http = http;
    this.policy = policy;
    this.timing = timing;
    this.runtime = runtime;
  }

  @Override
  public Set<String> environments() {
    return endpoints.keySet();
  }

  @Override
  public Holder identify(LinkedAccount account) {
    try {
      var told = rest(account).account();
      return new Holder(told.accountNumber(), !told.tradingBlocked() && !told.accountBlocked());
    } catch (AlpacaException.Unauthorized e) {
      throw new BadCredentials("the broker does not accept these credentials", e);
    } catch (AlpacaException e) {
      throw new BrokerUnavailable("cannot read the account: " + e.getMessage(), e);
    }
  }

  @Override
  public BrokerLink connect(LinkedAccount account, BrokerEvents events) {
    var stream =
        new TradingStream(
            of(account),
            account.credentials(),
            http,
            new Listener(events),
            StreamPolicy.defaults(),
            runtime);
    return new BrokerLink(
        new AlpacaBrokerAccount(rest(account), timing.clock()), new Stream(stream));
  }

  private AlpacaRest rest(LinkedAccount account) {
    return new AlpacaRest(http, of(account), account.credentials(), policy, timing);
  }

  private AlpacaEndpoints of(LinkedAccount account) {
    return Optional.ofNullable(endpoints.get(account.environment()))
        .orElseThrow(
            () -> new IllegalArgumentException("no such environment: " + account.environment()));
  }

  private record Stream(TradingStream stream) implements BrokerStream {
    @Override
    public void start() {
      stream.start();
    }

    @Override
    public Optional<Instant> lastHeardAt() {
      return stream.lastFrameAt();
    }

    @Override
    public void reconnect(String cause) {
      stream.reconnect(cause);
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private record Listener(BrokerEvents events) implements TradingStreamListener {
    @Override
    public void onState(StreamState state) {
      switch (state) {
        case StreamState.Live _ -> events.connected();
        case StreamState.Refused(var reason) -> events.refused(reason);
        case StreamState.BackingOff _, StreamState.Closed _ -> events.disconnected();
        case StreamState.Connecting _, StreamState.Authenticating _, StreamState.Listening _ -> {}
      }
    }

    @Override
    public void onUpdate(TradeUpdate update) {
      var report = AlpacaMapping.report(update);
      events.report(report, update.receivedAt());
      if (!KNOWN.contains(update.event())) {
        events.unreadable("unknown event " + update.event(), update.raw());
      } else if (REREAD.contains(update.event()) || isTradeWithoutFill(update, report)) {
        events.reread(update.event());
      }
    }

    private static boolean isTradeWithoutFill(TradeUpdate update, OrderReport report) {
      return TRADES.contains(update.event()) && report.fill() == null;
    }

    @Override
    public void onUnreadable(String problem, String raw) {
      events.unreadable(problem, raw);
    }
  }
}
