package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.MarketStream;
import java.util.Set;

/// Alpaca's market data stream, or a simulator's that speaks its protocol.
public record AlpacaTickStream(MarketStream stream) implements TickStream {
  @Override
  public void start() {
    stream.start();
  }

  @Override
  public void subscribe(Set<String> symbols) {
    stream.subscribe(symbols);
  }

  @Override
  public Set<String> subscribed() {
    return stream.subscribed();
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
