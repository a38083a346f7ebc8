package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaEndpoints;
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
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Connects accounts at Alpaca, or at a simulator that speaks its protocol.
public final class AlpacaConnector implements BrokerConnector {
  /// Events whose orders alone do not tell what they did to the position.
  private static final Set<String> REREAD = Set.of("trade_bust", "trade_correct", "restated");

  private final AlpacaEndpoints endpoints;
  private final HttpClient http;
  private final Timing timing;
  private final StreamRuntime runtime;

  /// Creates the connector.
  public AlpacaConnector(
      AlpacaEndpoints endpoints, HttpClient http, Timing timing, StreamRuntime runtime) {
    this.endpoints = endpoints;
    this.http = http;
    this.timing = timing;
    this.runtime = runtime;
  }

  @Override
  public BrokerLink connect(LinkedAccount account, BrokerEvents events) {
    var rest =
        new AlpacaRest(http, endpoints, account.credentials(), RestPolicy.defaults(), timing);
    var stream =
        new TradingStream(
            endpoints,
            account.credentials(),
            http,
            new Listener(events),
            StreamPolicy.defaults(),
            runtime);
    return new BrokerLink(new AlpacaBrokerAccount(rest, timing.clock()), new Stream(stream));
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
        case StreamState.Connecting _,
            StreamState.Authenticating _,
            StreamState.Listening _,
            StreamState.BackingOff _,
            StreamState.Closed _ -> {}
      }
    }

    @Override
    public void onUpdate(TradeUpdate update) {
      var report = AlpacaMapping.report(update);
      events.report(report, update.receivedAt());
      if (REREAD.contains(update.event())
          || (update.execution() != null && report.fill() == null)) {
        events.unreadable(update.event());
      }
    }

    @Override
    public void onUnreadable(String problem, String raw) {
      events.unreadable(problem);
    }
  }
}
