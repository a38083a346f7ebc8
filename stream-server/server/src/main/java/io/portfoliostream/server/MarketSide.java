package io.portfoliostream.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.server.broker.MarketKnowledge;
import io.portfoliostream.server.broker.PriceFeed;
import io.portfoliostream.server.broker.QuoteDesk;
import io.portfoliostream.server.gateway.MarketDesk;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.sync.PriceWatch;
import io.portfoliostream.server.telemetry.MarketMeters;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// The market on this node: prices, how fresh they are, when it trades and what is listed.
final class MarketSide implements AutoCloseable {
  private final MarketParts parts;
  private final InstantSource clock;
  private final PriceFeed prices;
  private final MarketKnowledge knowledge;
  private final QuoteDesk quotes;
  private final PriceWatch watch;

  MarketSide(BrokerSide broker, MarketParts parts, Platform platform, Consumer<List<Mark>> ticks) {
    this.parts = parts;
    this.clock = platform.clock();
    var reads = broker.marketReads();
    var drive = broker.marketDrive();
    this.prices =
        new PriceFeed(
            reads,
            broker::ticks,
            new PriceFeed.Board(parts.marks(), parts.interest(), parts.pulses(), parts.halts()),
            ticks,
            drive,
            broker.symbolLimit());
    this.knowledge = new MarketKnowledge(reads, parts.clock(), parts.assets(), drive);
    this.quotes =
        new QuoteDesk(broker.quoteReads(), parts.marks(), parts.halts(), prices::isStreamed, clock);
    this.watch = new PriceWatch(prices, parts.pulses(), parts.clock(), parts.feeds(), clock);
  }

  PriceWatch watch() {
    return watch;
  }

  /// What the edge tells of the market.
  MarketDesk desk() {
    return new MarketDesk(parts.clock(), parts.assets(), quotes::quotes);
  }

  void show(MeterRegistry registry) {
    var sources =
        new MarketMeters.Sources(
            prices::lastTickAt, parts.pulses(), parts.halts(), parts.clock(), watch::givenUp);
    MarketMeters.bind(registry, sources, clock);
  }

  void start() {
    knowledge.start();
    prices.start();
  }

  @Override
  public void close() {
    knowledge.close();
    prices.close();
  }
}
